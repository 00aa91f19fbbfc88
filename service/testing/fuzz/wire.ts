/** Sends planned requests as they are: nothing is normalised, corrected or left out on the way. */
import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import { Agent, request } from 'node:http';
import { connect } from 'node:net';
import type { Planned } from './planned.ts';

export interface Answered {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly text: string;
  /** Undefined where the text is no JSON. */
  readonly json: unknown;
}

/** `gone`: the connection ended without an answer · `silent`: none came in time · `left`: the client did not wait. */
export type Exchange = Answered | 'gone' | 'silent' | 'left';

/** No answer takes longer on a busy machine, not even one that was waited for as long as one may. */
const ANSWER_WITHIN_MS = 40_000;
const RAW_WITHIN_MS = 3_000;

export class Wire {
  readonly #agent = new Agent({ keepAlive: true });
  readonly #port: number;

  constructor(port: number) {
    this.#port = port;
  }

  close(): void {
    this.#agent.destroy();
  }

  async send(planned: Planned): Promise<Exchange> {
    return planned.raw ? this.#sendRaw(planned.raw) : this.#sendHttp(planned);
  }

  async #sendHttp({ method, target, headers, body, leaveAfterMs }: Planned): Promise<Exchange> {
    const { promise, resolve } = Promise.withResolvers<Exchange>();
    const [withinMs, late] =
      leaveAfterMs === undefined ? [ANSWER_WITHIN_MS, 'silent' as const] : [leaveAfterMs, 'left' as const];
    const timer = setTimeout(() => {
      resolve(late);
      outgoing.destroy();
    }, withinMs);
    const length = body === undefined ? {} : { 'Content-Length': body.length };
    const outgoing = request({
      ...{ host: '127.0.0.1', port: this.#port, agent: this.#agent, method, path: target },
      headers: { Host: `localhost:${this.#port}`, ...length, ...headers } as Record<string, string>,
    });
    outgoing.on('response', (incoming) => void readAll(incoming).then(resolve, () => resolve('gone')));
    outgoing.on('error', () => resolve('gone'));
    outgoing.end(body);
    return promise.finally(() => clearTimeout(timer));
  }

  /** A server may answer noise or hang up; it may not leave the connection open for ever. */
  async #sendRaw(raw: Buffer): Promise<Exchange> {
    const socket = connect(this.#port, '127.0.0.1');
    const chunks: Buffer[] = [];
    socket.on('data', (chunk: Buffer) => void chunks.push(chunk));
    socket.on('error', () => undefined);
    socket.end(raw);
    const timer = setTimeout(() => socket.destroy(), RAW_WITHIN_MS);
    await once(socket, 'close').finally(() => clearTimeout(timer));
    return answerIn(Buffer.concat(chunks).toString());
  }
}

async function readAll(incoming: IncomingMessage): Promise<Answered> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk as Buffer);
  const text = Buffer.concat(chunks).toString();
  return { status: incoming.statusCode ?? 0, headers: incoming.headers, text, json: jsonOf(text) };
}

/** The first answer; what follows it belongs to what followed the request. */
export function answerIn(text: string): Exchange {
  const status = Number(/^HTTP\/1\.1 (\d{3})/.exec(text)?.[1] ?? 0);
  if (status === 0) return 'gone';
  const end = text.indexOf('\r\n\r\n');
  const lines = text.slice(0, end).split('\r\n').slice(1);
  const named = lines.map((line) => {
    const at = line.indexOf(':');
    return [line.slice(0, at).toLowerCase(), line.slice(at + 1).trim()];
  });
  const headers = Object.fromEntries(named) as Record<string, string>;
  const rest = Buffer.from(text.slice(end + 4));
  const body = rest.subarray(0, Number(headers['content-length'] ?? rest.length)).toString();
  return { status, headers, text: body, json: jsonOf(body) };
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
