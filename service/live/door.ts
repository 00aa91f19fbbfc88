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
import { redeemTicket } from '../http/tickets.ts';
import type { AttendanceLimits } from './attendance.ts';
import { Attendance, ATTENDANCE_LIMITS, LOOK_EVERY_MS, refuseWhenEnded } from './attendance.ts';
import { CLIENT_FRAME_BYTES, Connection } from './connection.ts';
import { knowledgeOf } from './conversation.ts';
import { callOf, isHandshake, ticketIn } from './handshake.ts';
import { Hub } from './hub.ts';
import type { Seat } from './seat.ts';

const CLOSE_WITHIN_MS = 5 * SECOND;
const SOCKET_OPTIONS = {
  noServer: true,
  perMessageDeflate: false,
  maxPayload: CLIENT_FRAME_BYTES,
  /** Of one message: empty ones would cost memory and never count. */
  maxFragments: 1_024,
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
  readonly limits?: Partial<AttendanceLimits>;
}

export interface LiveDoor {
  readonly isHandshake: (incoming: IncomingMessage) => boolean;
  readonly callOf: (incoming: IncomingMessage) => Call;
  /** Throws the refusal that is to be answered. Uses up the ticket, and takes a seat that `open` must get. */
  readonly admit: (call: Call) => Promise<Seat>;
  /** Throws `stopping` or `unauthenticated` when that is so since. */
  readonly open: (upgrade: Upgrade, seat: Seat, call: Call) => void;
  /** Says goodbye to everybody; whoever has not left within the time is cut off. */
  readonly close: (withinMs: number) => Promise<void>;
}

export function openLive({ house, guests, limits }: LiveOptions): LiveDoor {
  const { ports, rules } = house.desk;
  const { clock, log } = ports;
  const hub = new Hub({ clock, rules, log });
  house.changes.onAny((events) => hub.note(events));
  const sockets = new WebSocketServer(SOCKET_OPTIONS);
  const attendance = new Attendance({
    identity: house.identity,
    clock,
    log,
    limits: { ...ATTENDANCE_LIMITS, ...limits },
  });
  const connections = new Set<Connection>();
  let isClosing = false;
  const nextId = () => ports.random.token();
  const shared = {
    hub,
    knowledge: knowledgeOf(ports, (type) => house.catalogue.has(type)),
    monotonicMs: () => clock.monotonicMs(),
    log,
  };
  const stopLooking = everySoOften(house, () => {
    for (const connection of connections) connection.closeIfSilent();
    void attendance.look();
  });
  return {
    isHandshake,
    callOf: (incoming) => callOf(incoming, nextId),
    admit: async (call) => {
      const ticket = ticketIn(call, guests);
      refuseWhenClosed(house, isClosing);
      attendance.refuseWhenFull();
      return attendance.admit(await redeemTicket(ports, ticket));
    },
    open: ({ incoming, socket, head }, seat, { requestId }) => {
      if (socket.destroyed) attendance.leave(seat);
      else socket.once('close', () => attendance.leave(seat));
      refuseWhenClosed(house, isClosing);
      refuseWhenEnded(seat);
      sockets.handleUpgrade(incoming, socket, head, (webSocket) => {
        const connection = new Connection({ ...shared, socket: webSocket, seat, requestId });
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
