/** Answers to what never becomes a request of the app: noise, slow senders, tunnels, expectations. All are problems too. */
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Log } from './core/ports.ts';
import { Refusal } from './core/refusal.ts';
import { errorAnswer, problemAnswer, securityHeaders } from './http/answers.ts';
import { problemOf } from './http/problems.ts';

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
  return problemAnswer(requestId, new Refusal('invalid-header', 'The Host header or the path cannot be read.'));
}

/** `respond` answers requests; one that waits for leave to send its body gets it when the body is asked for. */
export function answerNoise(
  server: Server,
  respond: (incoming: IncomingMessage, outgoing: ServerResponse) => void,
): void {
  const answering = new WeakMap<Duplex, ServerResponse>();
  server.on('request', (incoming: IncomingMessage, outgoing: ServerResponse) =>
    answering.set(incoming.socket, outgoing),
  );
  server.on('clientError', (error: NodeJS.ErrnoException, socket) => {
    const answer = answering.get(socket);
    const isCut = answer?.headersSent === true && !answer.writableFinished;
    if (error.code === 'ECONNRESET' || !socket.writable || isCut) socket.destroy();
    else endWith(socket, BY_CODE[error.code ?? ''] ?? NO_HTTP);
  });
  server.on('connect', (_, socket) => {
    // Node takes its own hands off this socket; a client that resets it would end the server.
    socket.on('error', () => socket.destroy());
    endWith(socket, NO_TUNNEL);
  });
  server.on('checkExpectation', (incoming: IncomingMessage, outgoing: ServerResponse) => {
    answering.set(incoming.socket, outgoing);
    const { status, headers, body } = lastWords(EXPECTS_TOO_MUCH);
    // Through its own answer: behind others of its connection it has no socket yet.
    outgoing.writeHead(status, headers).end(body);
  });
  server.on('checkContinue', (incoming: IncomingMessage, outgoing: ServerResponse) => {
    answering.set(incoming.socket, outgoing);
    incoming.once('resume', () => {
      if (!outgoing.headersSent) outgoing.writeContinue();
    });
    respond(incoming, outgoing);
  });
}

function endWith(socket: Duplex, refusal: Refusal): void {
  const { status, headers, body } = lastWords(refusal);
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  socket.end(`HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\n${lines.join('')}\r\n${body}`);
}

function lastWords(refusal: Refusal) {
  const requestId = nextId();
  const problem = problemOf(refusal, requestId);
  const body = JSON.stringify(problem);
  const headers = {
    ...securityHeaders(requestId),
    'Content-Type': 'application/problem+json',
    'Content-Length': Buffer.byteLength(body),
    Connection: 'close',
  };
  return { status: problem.status, headers, body };
}
