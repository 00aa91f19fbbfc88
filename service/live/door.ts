/** The live channel of one machine, put together: handshakes come in from the HTTP server, sockets stay until one side ends. */
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { WebSocketServer } from 'ws';
import { Refusal } from '../core/refusal.ts';
import { SECOND } from '../core/rules.ts';
import type { Call } from '../http/call.ts';
import type { Guests } from '../http/gate.ts';
import type { House } from '../http/house.ts';
import { PROTOCOL } from '../http/live-operations.ts';
import type { Principal } from '../http/principal.ts';
import { redeemTicket } from '../http/tickets.ts';
import { CLIENT_FRAME_BYTES, Connection } from './connection.ts';
import type { Knowledge } from './conversation.ts';
import { callOf, isHandshake, ticketIn } from './handshake.ts';
import { Hub } from './hub.ts';

const MOST_VIEWERS = 10_000;
const LOOK_EVERY_MS = 10 * SECOND;
const CLOSE_WITHIN_MS = 5 * SECOND;
const SOCKET_OPTIONS = {
  noServer: true,
  perMessageDeflate: false,
  maxPayload: CLIENT_FRAME_BYTES,
  clientTracking: true,
  // Pings count as messages, so they are answered where messages are.
  autoPong: false,
  handleProtocols: () => PROTOCOL,
  /** For the other side's close frame; then the connection is cut. */
  closeTimeout: CLOSE_WITHIN_MS,
};

export interface Upgrade {
  readonly incoming: IncomingMessage;
  readonly socket: Duplex;
  readonly head: Buffer;
}

export interface LiveOptions {
  readonly house: House;
  readonly guests: Guests;
  readonly mostViewers?: number;
}

export interface LiveDoor {
  readonly isHandshake: (incoming: IncomingMessage) => boolean;
  readonly callOf: (incoming: IncomingMessage) => Call;
  /** Throws the refusal that is to be answered. Uses up the ticket. */
  readonly admit: (call: Call) => Promise<Principal>;
  /** Throws `stopping` or `too-many-viewers` when that is so since. */
  readonly open: (upgrade: Upgrade, principal: Principal, call: Call) => void;
  /** Says goodbye to everybody; whoever has not left within the time is cut off. */
  readonly close: (withinMs: number) => Promise<void>;
}

export function openLive({ house, guests, mostViewers = MOST_VIEWERS }: LiveOptions): LiveDoor {
  const { ports, rules } = house.desk;
  const { clock, log } = ports;
  const hub = new Hub({ clock, rules, log });
  house.changes.onAny((events) => hub.note(events));
  const sockets = new WebSocketServer(SOCKET_OPTIONS);
  const connections = new Set<Connection>();
  let isClosing = false;
  const nextId = () => ports.random.token();
  const knowledge = knowledgeOf(house);
  const refuseWhenFull = (): void => {
    if (connections.size >= mostViewers) throw new Refusal('too-many-viewers', 'No more connections are served.');
  };
  const stopLooking = everySoOften(house, () => {
    for (const connection of connections) connection.closeIfSilent();
  });
  return {
    isHandshake,
    callOf: (incoming) => callOf(incoming, nextId),
    admit: async (call) => {
      const ticket = ticketIn(call, guests);
      refuseWhenClosed(house, isClosing);
      refuseWhenFull();
      return redeemTicket(ports, ticket);
    },
    open: ({ incoming, socket, head }, principal, call) => {
      refuseWhenClosed(house, isClosing);
      // Again: others came in while the ticket was looked at.
      refuseWhenFull();
      sockets.handleUpgrade(incoming, socket, head, (webSocket) => {
        const { requestId } = call;
        const monotonicMs = () => clock.monotonicMs();
        const connection = new Connection({
          socket: webSocket,
          principal,
          requestId,
          hub,
          knowledge,
          monotonicMs,
          log,
        });
        connections.add(connection);
        webSocket.once('close', () => connections.delete(connection));
      });
    },
    close: async (withinMs) => {
      isClosing = true;
      stopLooking();
      for (const connection of connections) connection.sayGoodbye();
      await allClosed(sockets, withinMs);
    },
  };
}

function knowledgeOf({ desk, catalogue }: House): Knowledge {
  const { clock, ledger } = desk.ports;
  return {
    nowMs: () => clock.nowMs(),
    hasType: (type) => catalogue.has(type),
    existing: async (tenant, taskIds) => {
      const items = await ledger.get(taskIds.map((taskId) => ({ tenant, taskId })));
      return new Set(taskIds.filter((_, i) => items[i] !== undefined));
    },
  };
}

function refuseWhenClosed({ stopping }: House, isClosing: boolean): void {
  if (!stopping.aborted && !isClosing) return;
  throw new Refusal('stopping', 'Ask again; another server, or this one after its restart, will answer.');
}

function everySoOften({ desk }: House, look: () => void): () => void {
  const { clock } = desk.ports;
  let cancel = (): void => undefined;
  const again = (): void => {
    cancel = clock.timer(LOOK_EVERY_MS, () => {
      look();
      again();
    });
  };
  again();
  return () => cancel();
}

async function allClosed(sockets: WebSocketServer, withinMs: number): Promise<void> {
  const closed = new Promise<void>((resolve) => {
    sockets.close(() => resolve());
  });
  await Promise.race([closed, sleep(withinMs, undefined, { ref: false })]);
  for (const socket of sockets.clients) socket.terminate();
  await closed;
}
