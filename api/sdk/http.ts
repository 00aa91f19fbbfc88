// One request: what goes in is what the contract asks for, what comes out is the body of a 2xx. Everything else is thrown: the
// server's problem, Unreachable, or the caller's own abort. One try each; retry.ts repeats them. The only module that imports
// openapi-fetch; reader.ts and operations.ts say what is asked.
import type { paths } from '@holdfast/api/types';
import createClient, { type Client } from 'openapi-fetch';
import { type ForeignProblem, HoldfastError, ProblemError, Unreachable } from './errors.ts';
import type { Timing } from './timing.ts';
import { authorized, type Token } from './tokens.ts';

/** The part of fetch that is used; the global one fits. */
export type Fetch = (url: string, init: RequestInit) => Promise<Response>;

export interface HttpOptions {
  readonly baseUrl: string;
  readonly fetch: Fetch;
  readonly timing: Timing;
  readonly headers: Readonly<Record<string, string>>;
  readonly token: Token | undefined;
  /** Of one try, its answer read to the end; what a call waits for on purpose comes on top. */
  readonly timeoutMs: number;
}

export interface Call {
  readonly signal?: AbortSignal | undefined;
}

export type ListQuery = NonNullable<paths['/tasks']['get']['parameters']['query']>;

interface Answer<Body> {
  readonly data?: Body | undefined;
  readonly error?: unknown;
  readonly response: Response;
}

/** Costs a tenth of a Request, whose body could be sent only once besides. */
class PlainRequest {
  readonly url: string;
  readonly init: RequestInit;
  readonly method: string;
  constructor(url: string, init: RequestInit) {
    this.url = url;
    this.init = init;
    this.method = init.method ?? 'GET';
  }
}

const OFTEN_PASSING = new Set([408, 429, 500, 502, 503, 504]);

export class Http {
  readonly #options: HttpOptions;
  /** @internal For our own modules: the package declares nothing of openapi-fetch, which an app does not have. */
  readonly client: Client<paths>;

  constructor(options: HttpOptions) {
    this.#options = options;
    const send = authorized(options.token);
    this.client = createClient<paths>({
      baseUrl: options.baseUrl,
      headers: options.headers,
      Request: PlainRequest as unknown as typeof Request,
      fetch: (request) => {
        const { url, init } = request as unknown as PlainRequest;
        return send((token) => {
          if (token !== undefined) (init.headers as Headers).set('Authorization', `Bearer ${token}`);
          return options.fetch(url, init);
        });
      },
    });
  }

  /** What `call` asks of `client`, with its end as the signal. */
  async ask<Body>(limits: Limits, call: (init: { signal: AbortSignal }) => Promise<Answer<Body>>): Promise<Body> {
    const { signal, extraMs = 0, field } = limits;
    const { baseUrl, timing, timeoutMs } = this.#options;
    signal?.throwIfAborted();
    const end = new AbortController();
    const abort = (): void => end.abort(signal?.reason);
    signal?.addEventListener('abort', abort, { once: true });
    const callOff = timing.after(timeoutMs + extraMs, () => {
      end.abort(new Unreachable(`${baseUrl} gave no answer within ${(timeoutMs + extraMs) / 1000} s`));
    });
    // Also ends the wait for a token, which knows no signal.
    const ended = new Promise<never>((_, reject) => {
      end.signal.onabort = (): void => reject(end.signal.reason as Error);
    });
    try {
      const body = bodyOf(await Promise.race([call({ signal: end.signal }), ended]), timing);
      if (field !== undefined && !(field in Object(body))) throw new Error(`an answer without ${field}`);
      return body;
    } catch (error) {
      if (end.signal.aborted) throw end.signal.reason;
      if (error instanceof HoldfastError) throw error;
      throw new Unreachable(`No answer from ${baseUrl}: ${reasonOf(error)}`, { cause: error });
    } finally {
      callOff();
      signal?.removeEventListener('abort', abort);
    }
  }
}

export interface Limits extends Call {
  readonly extraMs?: number;
  /** An answer without it comes from something in between: a submit must not be taken for accepted by that. */
  readonly field?: string;
}

/** By the status: `error` of an empty answer is an empty string. */
function bodyOf<Body>({ data, error, response }: Answer<Body>, timing: Timing): Body {
  if (data !== undefined) return data;
  if (!response.ok) throw problemOf(error, response, timing.nowMs());
  throw new Error(`status ${response.status} without a body`);
}

function problemOf(error: unknown, { status, statusText, headers }: Response, nowMs: number): ProblemError {
  const context = {
    requestId: headers.get('X-Request-Id'),
    retryAfterSeconds: secondsIn(headers.get('Retry-After') ?? 'none', nowMs),
  };
  return new ProblemError(isProblemBody(error) ? error : foreignProblem(status, statusText), context);
}

/** Seconds, or a date as proxies write it (RFC 9110 §10.2.3). */
function secondsIn(retryAfter: string, nowMs: number): number | null {
  const seconds = Number(retryAfter);
  const left = seconds >= 0 ? seconds : (Date.parse(retryAfter) - nowMs) / 1000;
  return left >= 0 ? left : null;
}

const isProblemBody = (body: unknown): body is ForeignProblem =>
  typeof (Object(body) as { code?: unknown }).code === 'string';

/** What something between here and the server says, or a server that could not even say what went wrong. */
function foreignProblem(status: number, statusText: string): ForeignProblem {
  const title = statusText || 'An answer without a problem';
  return { code: `http-${status}`, status, title, detail: title, retryable: OFTEN_PASSING.has(status) };
}

/** fetch says only "fetch failed"; its cause says why. */
function reasonOf(error: unknown): string {
  const { message, cause } = Object(error) as { message?: unknown; cause?: { code?: unknown; message?: unknown } };
  return String(cause?.code ?? cause?.message ?? message);
}
