/** The HTTP server of one machine: opens its ports, answers what is no HTTP, and closes without cutting an answer off. */
import { once } from 'node:events';
import type { Server } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { getRequestListener } from '@hono/node-server';
import type { Log } from './core/ports.ts';
import { Refusal } from './core/refusal.ts';
import { errorAnswer, problemAnswer } from './http/answers.ts';
import type { App } from './http/app.ts';
import { problemOf } from './http/problems.ts';

export interface ListenOptions {
  readonly app: App;
  readonly host: string;
  /** 0: a free one. */
  readonly port: number;
  readonly log: Log;
}

export interface Listener {
  readonly url: string;
  /** Takes no more connections, and resolves when the last answer is out or `withinMs` are over. */
  close(withinMs: number): Promise<void>;
}

/** A sentence for whoever starts the server. */
export class CannotListen extends Error {
  override readonly name = 'CannotListen';
}

/** `localhost` is both, and which of them a client tries first is its own affair. */
const ADDRESSES: Readonly<Record<string, readonly string[]>> = { localhost: ['127.0.0.1', '::1'] };
const NO_SUCH_ADDRESS = ['EADDRNOTAVAIL', 'EAFNOSUPPORT'];
const SERVER_OPTIONS = {
  keepAliveTimeout: 65_000,
  headersTimeout: 20_000,
  requestTimeout: 60_000,
  requireHostHeader: false,
};
const LOOK_EVERY_MS = 20;

/** Throws CannotListen. */
export async function listen({ app, host, port, log }: ListenOptions): Promise<Listener> {
  const respond = getRequestListener(app.fetch, { errorHandler: (error) => unreadable(error, log) });
  const servers: Server[] = [];
  for (const address of ADDRESSES[host] ?? [host]) {
    const server = createServer(SERVER_OPTIONS, (incoming, outgoing) => void respond(incoming, outgoing));
    server.on('clientError', refuseNoise);
    // Node would answer an unknown expectation by itself, without a problem; a server may ignore it (RFC 9110 §10.1.1).
    server.on('checkExpectation', (incoming, outgoing) => void respond(incoming, outgoing));
    // The second address of a free port is that of the first.
    if (await opened(server, address, servers[0] ? portOf(servers[0]) : port)) servers.push(server);
  }
  const shown = host.includes(':') ? `[${host}]` : host;
  return {
    url: `http://${shown}:${portOf(servers[0]!)}`,
    close: async (withinMs) => {
      await Promise.all(servers.map((server) => closed(server, withinMs)));
    },
  };
}

const portOf = (server: Server): number => (server.address() as AddressInfo).port;

/** False where the machine has no such address; IPv6 may be off. */
async function opened(server: Server, address: string, port: number): Promise<boolean> {
  server.listen({ host: address, port });
  try {
    await once(server, 'listening');
    return true;
  } catch (error) {
    const { code = 'unknown' } = error as NodeJS.ErrnoException;
    if (address === '::1' && NO_SUCH_ADDRESS.includes(code)) return false;
    throw new CannotListen(sentenceFor(code, port), { cause: error });
  }
}

function sentenceFor(code: string, port: number): string {
  if (code === 'EADDRINUSE') return `Port ${port} is in use. Stop what uses it, or set PORT to another one.`;
  if (code === 'EACCES') return `Port ${port} may not be used by this account. Set PORT to one above 1023.`;
  return `Port ${port} cannot be opened: ${code}.`;
}

async function closed(server: Server, withinMs: number): Promise<void> {
  const done = once(server, 'close');
  server.close();
  // A connection that was busy when the server closed stays open for its next request, which nobody will answer.
  const timer = setInterval(() => server.closeIdleConnections(), LOOK_EVERY_MS);
  await Promise.race([done, sleep(withinMs, undefined, { ref: false })]);
  clearInterval(timer);
  server.closeAllConnections();
  await done;
}

let unreadables = 0;

/** The adapter could not make a request of it: a Host or a target that is no part of a URL; or a fault of ours. */
function unreadable(error: unknown, log: Log): Response {
  unreadables += 1;
  const requestId = `unread-${unreadables.toString(36)}`;
  if (!(error instanceof Error) || error.name !== 'RequestError') {
    return errorAnswer(log, { error, requestId, operation: 'none' });
  }
  return problemAnswer(requestId, new Refusal('invalid-header', 'The Host header or the path cannot be read.'));
}

/** What Node's parser gave up on. */
function refuseNoise(error: NodeJS.ErrnoException, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy();
    return;
  }
  unreadables += 1;
  const requestId = `unread-${unreadables.toString(36)}`;
  const detail = error.code === 'HPE_HEADER_OVERFLOW' ? 'The headers are too large.' : 'This is not HTTP/1.1.';
  const body = JSON.stringify(problemOf(new Refusal('invalid-header', detail), requestId));
  const head = [
    'HTTP/1.1 400 Bad Request',
    'Content-Type: application/problem+json',
    `Content-Length: ${Buffer.byteLength(body)}`,
    `X-Request-Id: ${requestId}`,
    'Connection: close',
  ];
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`);
}
