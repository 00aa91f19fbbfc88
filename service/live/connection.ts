/** One client: its messages are taken one after the other, each is answered, and what ends the connection is told by code. */
import type { Subscriptions } from '@holdfast/api/types';
import type { WebSocket } from 'ws';
import type { Log } from '../core/ports.ts';
import { SECOND } from '../core/rules.ts';
import { noteFault } from '../http/problems.ts';
import { timestamp } from '../http/view.ts';
import type { Viewer } from './audience.ts';
import type { Knowledge, Turn } from './conversation.ts';
import { answerTo, refused } from './conversation.ts';
import { frameOf } from './frames.ts';
import type { Hub } from './hub.ts';
import type { Outlet } from './outlet.ts';
import type { Seat } from './seat.ts';
import { MOST_TOPICS } from './topics.ts';

export const CLIENT_FRAME_BYTES = 32_768;
const MESSAGES_PER_SECOND = 1_000;
const PING_EVERY_SECONDS = 60;
const SILENT_AT_MOST_MS = 2 * PING_EVERY_SECONDS * SECOND;

export interface ConnectionOptions {
  readonly socket: WebSocket;
  readonly seat: Seat;
  /** Of its handshake: under it stands in the log what becomes of the connection. */
  readonly requestId: string;
  readonly hub: Hub;
  readonly knowledge: Knowledge;
  readonly monotonicMs: () => number;
  readonly log: Log;
}

export class Connection {
  readonly #options: ConnectionOptions;
  readonly #viewer: Viewer;
  #lastTurn: Promise<void> = Promise.resolve();
  #heardAtMs: number;
  #secondSinceMs = -Infinity;
  #messages = 0;
  #isOver = false;

  constructor(options: ConnectionOptions) {
    this.#options = options;
    const { socket, seat, hub } = options;
    this.#heardAtMs = options.monotonicMs();
    this.#viewer = hub.join(seat.principal.tenant, this.#outlet());
    seat.occupy((code, reason) => this.#close(code, reason));
    socket.on('message', (bytes: Buffer, isBinary) => this.#hear(() => this.#read(bytes, isBinary)));
    socket.on('ping', (bytes) => this.#hear(() => this.#pong(bytes)));
    socket.on('pong', () => this.#hear(() => undefined));
    // It is closed with the code of its fault, and 'close' follows.
    socket.on('error', () => undefined);
    socket.once('close', () => this.#leave());
    this.#welcome();
  }

  closeIfSilent(): void {
    if (this.#options.monotonicMs() - this.#heardAtMs >= SILENT_AT_MOST_MS) this.#close(1001, 'silent');
  }

  /** The server stops. */
  sayGoodbye(): void {
    const closesAt = timestamp(this.#options.knowledge.nowMs());
    this.#options.socket.send(frameOf({ kind: 'goodbye', reason: 'stopping', closesAt }), { binary: false });
    this.#close(1001, 'stopping');
  }

  #outlet(): Outlet {
    const { socket } = this.#options;
    return {
      send: (frame) => socket.send(frame, { binary: false }),
      get bufferedBytes() {
        return socket.bufferedAmount;
      },
      setListening: (isListening) => (isListening ? socket.resume() : socket.pause()),
      close: (code, reason) => this.#close(code, reason),
    };
  }

  #welcome(): void {
    const limits = { topics: MOST_TOPICS, frameBytes: CLIENT_FRAME_BYTES, messagesPerSecond: MESSAGES_PER_SECOND };
    const at = timestamp(this.#options.knowledge.nowMs());
    const fixed = { protocol: 'holdfast.v1', pingEverySeconds: PING_EVERY_SECONDS, closesAt: null } as const;
    this.#viewer.outlet.send(frameOf({ kind: 'welcome', ...fixed, at, limits }));
  }

  /** Whatever the client sends is a sign of life, and counts. */
  #hear(take: () => void): void {
    if (this.#isOver) return;
    const nowMs = this.#options.monotonicMs();
    this.#heardAtMs = nowMs;
    if (nowMs - this.#secondSinceMs >= SECOND) [this.#secondSinceMs, this.#messages] = [nowMs, 0];
    this.#messages += 1;
    if (this.#messages <= MESSAGES_PER_SECOND) {
      take();
      return;
    }
    const { reply } = refused(null, 'rate-limited', `More than ${MESSAGES_PER_SECOND} messages within a second.`);
    this.#viewer.outlet.send(frameOf(reply));
    this.#close(1008, 'rate-limited');
  }

  /** Also of pings: a client that does not read would fill the memory with their answers. */
  #pong(bytes: Buffer): void {
    const { hub, socket } = this.#options;
    if (!hub.isBehind(this.#viewer)) socket.pong(bytes);
  }

  #read(bytes: Buffer, isBinary: boolean): void {
    if (isBinary) {
      this.#close(1003, 'text only');
      return;
    }
    this.#options.hub.isBehind(this.#viewer);
    this.#lastTurn = this.#lastTurn.then(() => this.#take(bytes)).catch((error: unknown) => this.#fail(error));
  }

  async #take(bytes: Buffer): Promise<void> {
    const { seat, hub, knowledge } = this.#options;
    if (this.#isOver) return;
    const topics = this.#viewer.audience?.topics ?? new Set<string>();
    const turn = await answerTo(bytes, { principal: seat.principal, topics }, knowledge);
    if (turn.fault !== undefined) this.#note(turn.fault);
    if (this.#isOver) return;
    const { reply, topics: followed } = within(turn, seat);
    if (followed !== undefined) hub.follow(this.#viewer, followed);
    this.#viewer.outlet.send(frameOf(reply));
  }

  #note(error: unknown): void {
    const { log, requestId } = this.#options;
    noteFault(log, { error, requestId, operation: 'live' });
  }

  /** Nobody knows how far its last message came. */
  #fail(error: unknown): void {
    this.#note(error);
    this.#close(1011, 'fault');
  }

  #close(code: number, reason: string): void {
    if (this.#isOver) return;
    this.#leave();
    const { socket } = this.#options;
    // The client's own close frame has to be read.
    socket.resume();
    socket.close(code, reason);
  }

  /** Nothing is sent any more. */
  #leave(): void {
    this.#isOver = true;
    this.#options.hub.leave(this.#viewer);
    this.#options.seat.follow(0);
  }
}

/** What other connections of the identity follow counts when the topics are taken, not when they were asked for. */
function within(turn: Turn, seat: Seat): Turn {
  if (turn.topics === undefined || seat.follow(turn.topics.size)) return turn;
  const { replyTo } = turn.reply as Subscriptions;
  return refused(
    replyTo,
    'too-many-topics',
    'All connections of an identity follow too many topics; nothing was changed.',
  );
}
