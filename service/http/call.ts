/**
 * One request as the door sees it: as it came in, or as a plain Request. Headers, path and body are read from what came in
 * itself: nothing is normalised before it was judged, and nothing is copied.
 */
import type { IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import type { Readable } from 'node:stream';
import type { Entry } from './limits.ts';

/** A message of Node's own server is one; whoever gets requests in another way makes one. */
export type Incoming = Readable &
  Readonly<Pick<IncomingMessage, 'url' | 'headers' | 'rawHeaders' | 'httpVersion'>> & {
    readonly socket: Pick<Socket, 'remoteAddress'>;
  };

/** What is handed over beside the Request; absent in tests. */
export interface Bindings {
  readonly incoming?: Incoming;
}

const REQUEST_ID = /^[A-Za-z0-9_-]{1,64}$/;
/** Version, trace, parent, flags; see https://www.w3.org/TR/trace-context/#traceparent-header. */
const TRACEPARENT = /^(?!ff)[0-9a-f]{2}-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}$/;

export class Call {
  /** The client's own, when it is harmless; else one of ours: random, for a number would count everybody's requests. [S14] */
  readonly requestId: string;
  readonly request: Request;
  readonly incoming: Incoming | undefined;
  /** Of the body as it came; 0 until it was read. */
  bodyBytes = 0;
  /** Whose it is, as soon as that is known: for the log. */
  tenant: string | undefined;
  /** The one task it is about, as soon as that is known: for the log. */
  taskId: string | undefined;
  /** Once its tenant is known. */
  admitted: Entry | undefined;
  /** Why its sender is not known, in a word that the log alone gets. */
  reason: string | undefined;

  constructor(request: Request, incoming: Incoming | undefined, nextId: () => string) {
    this.request = request;
    this.incoming = incoming;
    const sent = this.header('x-request-id');
    this.requestId = sent !== undefined && REQUEST_ID.test(sent) ? sent : nextId();
  }

  /** `name` in lower case. */
  header(name: string): string | undefined {
    if (this.incoming === undefined) return this.request.headers.get(name) ?? undefined;
    return this.incoming.headers[name] as string | undefined; // an array only for set-cookie, which nobody asks for
  }

  /** Whether a header came more than once; `name` in lower case. Of many headers Node joins or keeps the first. */
  isRepeated(name: string): boolean {
    const raw = this.incoming?.rawHeaders ?? [];
    let count = 0;
    for (let i = 0; i < raw.length; i += 2) {
      if (raw[i]!.length === name.length && raw[i]!.toLowerCase() === name) count += 1;
    }
    return count > 1;
  }

  /** The one of a target that names it goes before the header (RFC 9112 §3.2.2). */
  get host(): string {
    const target = this.incoming?.url ?? '/';
    if (!target.startsWith('/')) return authorityOf(target);
    return this.header('host') ?? (this.incoming === undefined ? new URL(this.request.url).host : '');
  }

  /** Of the page that asks; undefined when it is no page of a browser. */
  get origin(): string | undefined {
    return this.header('origin');
  }

  /** The text after `?`; empty when there is none. */
  get queryText(): string {
    const { url } = this.request;
    const from = url.indexOf('?') + 1;
    if (from === 0) return '';
    const to = url.indexOf('#', from);
    return to === -1 ? url.slice(from) : url.slice(from, to);
  }

  /** To be carried to every attempt; undefined when it does not keep the standard. */
  get traceparent(): string | undefined {
    const sent = this.header('traceparent');
    return sent !== undefined && TRACEPARENT.test(sent) ? sent : undefined;
  }

  get traceId(): string | undefined {
    return this.traceparent?.slice(3, 35);
  }
}

const authorityOf = (target: string): string => /^https?:\/\/([^/?#]*)/i.exec(target)?.[1] ?? '';

/** The path as it was sent: `/tasks/../x` is no other path than itself. Takes a URL or a request target. */
export function pathOf(target: string): string {
  const from = target.startsWith('/') ? 0 : target.indexOf('/', target.indexOf('://') + 3);
  if (from === -1) return '/';
  const length = target.slice(from).search(/[?#]/);
  return length === -1 ? target.slice(from) : target.slice(from, from + length);
}
