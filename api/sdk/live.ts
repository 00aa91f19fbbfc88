// The live channel of one client: one connection for all feeds, made again after a full-jitter wait whenever it is lost, and
// handed over before its planned end. Where none can be had it says 'polling', and feeds then ask over HTTP; it goes on trying.
import type { LiveError, LiveTicket, Task } from '@holdfast/api/types';
import { isProblem, isRefused } from './errors.ts';
import { LiveSocket, type SocketEnd, type WebSocketClass } from './live-socket.ts';
import { askedMs, jitterMs, mayHelp } from './retry.ts';
import type { Timing } from './timing.ts';

/**
 * - `connecting`: not told of changes yet, or not any more; soon.
 * - `live`: told of changes.
 * - `polling`: there is no live channel to be had; feeds ask every few seconds.
 * - `offline`: the server cannot be reached, or does not serve just now.
 * - `refused`: the server does not take this client's token (401), or its identity may not read (403): `lastError` says which. Feeds
 *   ask nothing any more; whether a later token is taken is tried after up to 30 s, by chance, and at once after a `refresh()` that succeeds.
 */
export type Connection = 'connecting' | 'live' | 'polling' | 'offline' | 'refused';

export interface LiveState {
  readonly connection: Connection;
  readonly since: Date;
  /** Why it is not live; null when it is, or has not failed yet. */
  readonly lastError: Error | null;
  /** When it is tried again; null while it is being tried, or is live. */
  readonly nextTryAt: Date | null;
}

/** Who follows topics. */
export interface Follower {
  readonly topics: readonly string[];
  /** Whether these tasks are of its topics is the follower's to see. */
  tasks(tasks: readonly Task[]): void;
  /** All its topics are confirmed, on a new connection: a snapshot from now on misses nothing. */
  ready(): void;
  resync(topics: readonly string[]): void;
  connectionChanged(): void;
}

export interface LiveOptions {
  readonly WebSocket: WebSocketClass | undefined;
  readonly url: string;
  readonly ticket: () => Promise<LiveTicket>;
  readonly timing: Timing;
}

const RECONNECT = { baseMs: 1000, capMs: 30_000 };
/** Sockets that failed before the server was heard, after which feeds stop waiting for one. */
const BLOCKED_AFTER = 2;
/** A connection that lived so long was a good one; a shorter one counts as a failure. */
const GOOD_AFTER_MS = 10_000;
/** Between the last feed that leaves and the end of the connection: the next page may follow the same. */
const LINGER_MS = 250;
/** The planned end is met no later than this before it. */
const HAND_OVER_BEFORE_MS = 5000;

export class Live {
  readonly #options: LiveOptions;
  readonly #followers = new Set<Follower>();
  readonly #ready = new Set<Follower>();
  #socket: LiveSocket | undefined;
  #successor: LiveSocket | undefined;
  #failures = 0;
  #unheard = 0;
  #state: LiveState;
  #callOff: (() => void) | undefined;
  #callOffHandOver: () => void = () => undefined;
  #stopListening: () => void = () => undefined;

  constructor(options: LiveOptions) {
    this.#options = options;
    this.#state = this.#now('connecting');
  }

  join(follower: Follower): void {
    this.#followers.add(follower);
    if (this.#followers.size === 1) this.#wake();
    this.topicsChanged(follower);
  }

  leave(follower: Follower): void {
    this.#followers.delete(follower);
    this.#ready.delete(follower);
    if (this.#followers.size > 0) this.#follow();
    else this.#later(LINGER_MS, () => this.#sleep());
  }

  topicsChanged(follower: Follower): void {
    this.#ready.delete(follower);
    this.#follow();
    if (this.#socket) this.#subscriptionsChanged(this.#socket);
  }

  #follow(): void {
    this.#socket?.follow(this.#topics());
    this.#successor?.follow(this.#topics());
  }

  /** The channel as it is for this one: one of its topics may be refused, or not confirmed yet. */
  stateOf(follower: Follower): LiveState {
    if (this.#state.connection !== 'live' || this.#ready.has(follower)) return this.#state;
    const refusal = follower.topics.map((topic) => this.#socket?.refused.get(topic)).find((each) => each !== undefined);
    return refusal
      ? { ...this.#state, connection: 'polling', lastError: refusedBy(refusal) }
      : { ...this.#state, connection: 'connecting' };
  }

  /** At once, instead of after the wait: whoever asks has reason to hope. */
  tryNow(): void {
    if (this.#followers.size > 0 && this.#state.nextTryAt !== null) this.#connect();
  }

  #wake(): void {
    this.#callOff?.();
    this.#callOff = undefined;
    this.#stopListening();
    this.#stopListening = onOnline(() => this.tryNow());
    if (!this.#socket) this.#connect();
  }

  #sleep(): void {
    this.#stopListening();
    this.#callOffHandOver();
    this.#socket?.close();
    this.#successor?.close();
    this.#socket = this.#successor = undefined;
    this.#failures = this.#unheard = 0;
    this.#state = this.#now('connecting');
  }

  #topics(): string[] {
    return [...new Set([...this.#followers].flatMap(({ topics }) => topics))];
  }

  #connect(): void {
    this.#callOff?.();
    this.#callOff = undefined;
    if (this.#options.WebSocket === undefined) {
      this.#become(this.#now('polling'));
      return;
    }
    this.#become({ ...this.#state, nextTryAt: null });
    this.#ready.clear();
    this.#socket = this.#newSocket();
  }

  #newSocket(): LiveSocket {
    const { WebSocket, url, ticket, timing } = this.#options;
    const socket: LiveSocket = new LiveSocket(
      { WebSocket: WebSocket!, url, ticket, timing, topics: this.#topics() },
      {
        subscriptionsChanged: () => this.#subscriptionsChanged(socket),
        tasks: (tasks) => this.#tell((follower) => follower.tasks(tasks)),
        resync: (topics) => this.#tell((follower) => follower.resync(topics)),
        goodbye: (closesAtMs) => this.#handOver(socket, closesAtMs),
        ended: (end) => this.#ended(socket, end),
      },
    );
    return socket;
  }

  #subscriptionsChanged(socket: LiveSocket): void {
    if (socket === this.#successor && socket.isSettled) {
      this.#socket?.close();
      this.#socket = socket;
      this.#successor = undefined;
      this.#ready.clear();
    }
    if (socket !== this.#socket || !socket.isWelcomed) return;
    this.#unheard = 0;
    if (this.#state.connection !== 'live') this.#become(this.#now('live'));
    for (const follower of [...this.#followers]) {
      if (!follower.topics.every((topic) => socket.confirmed.has(topic))) this.#ready.delete(follower);
      else if (!this.#ready.has(follower)) {
        this.#ready.add(follower);
        follower.ready();
      }
    }
    this.#tell((follower) => follower.connectionChanged());
  }

  #handOver(socket: LiveSocket, closesAtMs: number): void {
    if (socket !== this.#socket) return;
    const { nowMs, random } = this.#options.timing;
    const delayMs = random() * Math.max(0, closesAtMs - nowMs() - HAND_OVER_BEFORE_MS);
    this.#callOffHandOver();
    this.#callOffHandOver = this.#options.timing.after(delayMs, () => {
      if (socket === this.#socket) this.#successor ??= this.#newSocket();
    });
  }

  #ended(socket: LiveSocket, end: SocketEnd): void {
    if (socket === this.#successor) this.#successor = undefined;
    if (socket !== this.#socket) return;
    this.#socket = this.#successor;
    this.#successor = undefined;
    this.#ready.clear();
    if (this.#socket) {
      this.#tell((follower) => follower.connectionChanged());
      return;
    }
    if (this.#followers.size === 0) {
      this.#sleep();
      return;
    }
    this.#failures = end.welcomed && end.livedMs > GOOD_AFTER_MS ? 0 : this.#failures + 1;
    if (isRefused(end.error)) this.#failures = Infinity;
    if (!end.welcomed) this.#unheard++;
    const { nowMs, random } = this.#options.timing;
    const delayMs = askedMs(end.error) + jitterMs(Math.max(1, this.#failures), RECONNECT, random);
    this.#later(delayMs, () => this.#connect());
    this.#become({ ...this.#now(this.#afterEnd(end)), lastError: end.error, nextTryAt: new Date(nowMs() + delayMs) });
  }

  /** A ticket that the server refuses for good, or sockets that nobody answers while it hands out tickets: no live channel. */
  #afterEnd({ welcomed, error }: SocketEnd): Connection {
    if (isRefused(error)) return 'refused';
    if (isProblem(error) && !error.retryable) return 'polling';
    if (mayHelp(error)) return 'offline';
    return !welcomed && this.#unheard >= BLOCKED_AFTER ? 'polling' : 'connecting';
  }

  #later(delayMs: number, run: () => void): void {
    this.#callOff?.();
    this.#callOff = this.#options.timing.after(delayMs, () => {
      this.#callOff = undefined;
      run();
    });
  }

  #become(state: LiveState): void {
    const since = state.connection === this.#state.connection ? this.#state.since : state.since;
    this.#state = { ...state, since };
    this.#tell((follower) => follower.connectionChanged());
  }

  #now(connection: Connection): LiveState {
    return { connection, since: new Date(this.#options.timing.nowMs()), lastError: null, nextTryAt: null };
  }

  #tell(say: (follower: Follower) => void): void {
    for (const follower of [...this.#followers]) say(follower);
  }
}

const refusedBy = ({ code, message }: LiveError): Error => new Error(`${code}: ${message}`);

/** Browsers tell when the network is back. */
function onOnline(run: () => void): () => void {
  const target = globalThis as Partial<Pick<EventTarget, 'addEventListener' | 'removeEventListener'>>;
  target.addEventListener?.('online', run);
  return () => target.removeEventListener?.('online', run);
}
