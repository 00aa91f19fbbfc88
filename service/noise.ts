/** Answers to what never becomes a request of the app: noise, slow senders, tunnels, expectations. All are problems too. */
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Log } from './core/ports.ts';
import { Refusal } from './core/refusal.ts';
import { errorAnswer, problemAnswer, securityHeaders } from './http/answers.ts';
import { headersOf, problemOf } from './http/problems.ts';
import type { Upgrade } from './live/door.ts';

/** What Node's parser gave up on, by its codes. */
const BY_CODE: Readonly<Record<string, Refusal>> = {
  ERR_HTTP_REQUEST_TIMEOUT: new Refusal('request-timeout', 'The request did not arrive in time.'),
  HPE_HEADER_OVERFLOW: new Refusal('invalid-header', 'The headers are too large.'),
  HPE_INVALID_METHOD: new Refusal('invalid-header', 'This is no method of HTTP.'),
  HPE_INVALID_CONTENT_LENGTH: new Refusal('invalid-header', 'Content-Length is wrong.'),
  HPE_UNEXPECTED_CONTENT_LENGTH: new Refusal('invalid-header', 'Content-Length must come once and alone.'),
  HPE_INVALID_TRANSFER_ENCODING: new Refusal('invalid-header', 'Transfer-Encoding is wrong.'),
  HPE_INVALID_CHUNK_SIZE: new Refusal('invalid-header', 'The size of a chunk is wrong.'),
};
const NO_HTTP = new Refusal('invalid-header', 'This is not HTTP/1.1.');
const NO_URL = new Refusal('invalid-header', 'The target must be a path, and the Host header a host.');
const NO_TUNNEL = new Refusal('method-not-allowed', 'This server opens no tunnels.');
const EXPECTS_TOO_MUCH = new Refusal('invalid-header', 'Expect may only be 100-continue.');

let count = 0;
const nextId = (): string => `unread-${(count += 1).toString(36)}`;

/** The adapter could not make a request of it: a Host or a target that is no part of a URL; or a fault of ours. */
export function unreadable(error: unknown, log: Log): Response {
  const requestId = nextId();
  if (!(error instanceof Error) || error.name !== 'RequestError') {
    return errorAnswer(log, { error, requestId, operation: 'none' });
  }
  return problemAnswer(requestId, NO_URL);
}

export interface Answering {
  /** Answers requests; one that waits for leave to send its body gets it when the body is asked for. */
  readonly respond: (incoming: IncomingMessage, outgoing: ServerResponse) => void;
  /** Takes over a connection whose earlier requests are answered. */
  readonly upgrade: (upgrade: Upgrade) => void;
}

export function answerNoise(server: Server, { respond, upgrade }: Answering): void {
  const due = new DueAnswers();
  server.on('request', (_, outgoing: ServerResponse) => due.add(outgoing));
  server.on('clientError', (error: NodeJS.ErrnoException, socket) => {
    if (error.code === 'ECONNRESET' || !socket.writable) socket.destroy();
    else due.refuseAfterThem(socket, BY_CODE[error.code ?? ''] ?? NO_HTTP);
  });
  server.on('connect', (_, socket) => {
    // Node takes its own hands off this socket: reset by its client it would end the server, left open outlive its stop.
    socket.on('error', () => socket.destroy()).on('finish', () => socket.destroy());
    due.refuseAfterThem(socket, NO_TUNNEL);
  });
  server.on('upgrade', (incoming, socket, head) => {
    socket.on('error', () => socket.destroy());
    due.afterThem(socket, () => upgrade({ incoming, socket, head }));
  });
  server.on('checkExpectation', (_, outgoing: ServerResponse) => {
    due.add(outgoing);
    const { status, headers, body } = lastWords(EXPECTS_TOO_MUCH);
    // Through its own answer: behind others of its connection it has no socket yet.
    outgoing.writeHead(status, headers).end(body);
  });
  server.on('checkContinue', (incoming: IncomingMessage, outgoing: ServerResponse) => {
    due.add(outgoing);
    incoming.once('resume', () => {
      if (!outgoing.headersSent) outgoing.writeContinue();
    });
    respond(incoming, outgoing);
  });
}

/** What connections still owe. A client takes the first answer for that of its first request, so noise waits its turn. */
class DueAnswers {
  /** Newest first. Two are enough: answers leave in order, and of all requests only the newest may still arrive. */
  readonly #lastTwo = new WeakMap<Duplex, readonly ServerResponse[]>();
  /** The parser complains again of every byte that follows. */
  readonly #refused = new WeakSet<Duplex>();

  add(outgoing: ServerResponse): void {
    const { socket } = outgoing.req;
    const before = this.#lastTwo.get(socket)?.[0];
    this.#lastTwo.set(socket, before === undefined ? [outgoing] : [outgoing, before]);
  }

  refuseAfterThem(socket: Duplex, refusal: Refusal): void {
    if (this.#refused.has(socket)) return;
    this.#refused.add(socket);
    this.afterThem(socket, () => endWith(socket, refusal));
  }

  /** Calls `then` when nothing is owed any more, unless the connection is gone. */
  afterThem(socket: Duplex, then: () => void): void {
    const due = this.#lastTwo.get(socket)?.find(isDue);
    if (due !== undefined) {
      // It may only now begin to read a body that never comes to its end: who sent it was looked up first.
      const again = (): void => {
        due.off('close', again);
        due.req.off('resume', again);
        this.afterThem(socket, then);
      };
      due.once('close', again);
      due.req.once('resume', again);
    } else if (socket.writable) then();
  }
}

/** Whoever still reads a body gets no more of it, and so has nothing to say but the refusal. */
function isDue({ req, writableFinished }: ServerResponse): boolean {
  const isReading = !req.complete && req.readableFlowing === true;
  return !writableFinished && !isReading;
}

/** The whole answer, and the end of the connection. */
export function endWith(socket: Duplex, refusal: Refusal, requestId = nextId()): void {
  const { status, headers, body } = lastWords(refusal, requestId);
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  socket.end(`HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\n${lines.join('')}\r\n${body}`);
}

function lastWords(refusal: Refusal, requestId = nextId()) {
  const problem = problemOf(refusal, requestId);
  const body = JSON.stringify(problem);
  const headers = {
    ...securityHeaders(requestId),
    'Content-Type': 'application/problem+json',
    'Content-Length': Buffer.byteLength(body),
    Connection: 'close',
    ...headersOf(refusal),
  };
  return { status: problem.status, headers, body };
}
