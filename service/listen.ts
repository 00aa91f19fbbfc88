/** The HTTP server of one machine: opens its ports, answers what is no HTTP, and closes without cutting an answer off. */
import { once } from 'node:events';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Server as NetServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { getRequestListener } from '@hono/node-server';
import type { Log } from './core/ports.ts';
import type { App } from './http/app.ts';
import { noteFault, refusalOf } from './http/problems.ts';
import type { LiveDoor, Upgrade } from './live/door.ts';
import { answerNoise, endWith, unreadable } from './noise.ts';

export interface ListenOptions {
  readonly app: App;
  readonly live: LiveDoor;
  readonly host: string;
  /** 0: a free one. */
  readonly port: number;
  readonly log: Log;
  /** How long a request may take to arrive, in milliseconds. */
  readonly arrivesWithinMs?: number;
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
const UNKNOWN_ADDRESS = [...NO_SUCH_ADDRESS, 'ENOTFOUND', 'EAI_AGAIN', 'EINVAL'];
const SERVER_OPTIONS = {
  keepAliveTimeout: 65_000,
  requireHostHeader: false,
};
const ARRIVES_WITHIN_MS = 60_000;
const HEADERS_WITHIN_MS = 20_000;
const LOOK_EVERY_MS = 20;
/** Clients that keep a connection may have a request on its way when the server stops: it gets an answer, no reset. */
const LINGER_MS = 250;

/** Throws CannotListen. */
export async function listen(options: ListenOptions): Promise<Listener> {
  const { host, port, live } = options;
  const servers: Server[] = [];
  for (const address of ADDRESSES[host] ?? [host]) {
    const server = newServer(options);
    // The second address of a free port is that of the first.
    if (await opened(server, address, servers[0] ? portOf(servers[0]) : port)) servers.push(server);
  }
  const shown = host.includes(':') ? `[${host}]` : host;
  return {
    url: `http://${shown}:${portOf(servers[0]!)}`,
    close: async (withinMs) => {
      // To the listener a WebSocket is a connection like any other: it closes when they have.
      await Promise.all([live.close(withinMs), ...servers.map((server) => closed(server, withinMs))]);
    },
  };
}

function newServer({ app, live, log, arrivesWithinMs = ARRIVES_WITHIN_MS }: ListenOptions): Server {
  const answer = getRequestListener(app.fetch, { errorHandler: (error) => unreadable(error, log) });
  const respond = (incoming: IncomingMessage, outgoing: ServerResponse) => void answer(incoming, outgoing);
  const timing = {
    requestTimeout: arrivesWithinMs,
    headersTimeout: Math.min(HEADERS_WITHIN_MS, arrivesWithinMs),
    connectionsCheckingInterval: arrivesWithinMs / 10,
  };
  const server = createServer({ ...SERVER_OPTIONS, ...timing, shouldUpgradeCallback: live.isHandshake }, respond);
  answerNoise(server, { respond, upgrade: (upgrade) => void admitOrRefuse(live, upgrade, log) });
  return server;
}

/** A handshake that is refused gets an answer as any request would. */
async function admitOrRefuse(live: LiveDoor, upgrade: Upgrade, log: Log): Promise<void> {
  const call = live.callOf(upgrade.incoming);
  const { requestId, traceId } = call;
  try {
    const principal = await live.admit(call);
    live.open(upgrade, principal, call);
    log.debug('request', { requestId, traceId, operation: 'live', status: 101 });
  } catch (error) {
    noteFault(log, { error, requestId, traceId, operation: 'live' });
    const refusal = refusalOf(error);
    log.debug('request', { requestId, traceId, operation: 'live', code: refusal.code });
    if (upgrade.socket.writable) endWith(upgrade.socket, refusal, requestId);
  }
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
    throw new CannotListen(sentenceFor(code, { port, address }), { cause: error });
  }
}

function sentenceFor(code: string, { port, address }: { readonly port: number; readonly address: string }): string {
  if (code === 'EADDRINUSE') return `Port ${port} is in use. Stop what uses it, or set PORT to another one.`;
  if (code === 'EACCES') return `Port ${port} may not be used by this account. Set PORT to one above 1023.`;
  if (UNKNOWN_ADDRESS.includes(code)) return `HOST ${address} is no name or address of this machine: ${code}.`;
  return `Port ${port} cannot be opened: ${code}.`;
}

async function closed(server: Server, withinMs: number): Promise<void> {
  const done = once(server, 'close');
  const over = sleep(withinMs, undefined, { ref: false });
  // Its own close would end idle connections at once.
  NetServer.prototype.close.call(server);
  await Promise.race([done, over, sleep(LINGER_MS, undefined, { ref: false })]);
  // Also ends what checks the time-outs of requests.
  server.close();
  // A connection that was busy when the server closed stays open for its next request, which nobody will answer.
  const timer = setInterval(() => server.closeIdleConnections(), LOOK_EVERY_MS);
  await Promise.race([done, over]);
  clearInterval(timer);
  server.closeAllConnections();
  // Not all: a tunnel is no connection to Node, and its client may leave earlier answers unread.
  await Promise.race([done, over]);
}
