// One connection to /live, from its ticket to its end: says which topics the server has confirmed, passes on what it tells,
// and ends itself when nothing is heard for two periods. It ends once, whatever happens, and is never used again.
import type { ClientMessage, LiveError, LiveTicket, Resync, ServerMessage, Task, Welcome } from '@holdfast/api/types';
import type { Timing } from './timing.ts';

/** The global class of browsers and of Node from 22 on; the one of the package ws fits too. */
export type WebSocketClass = new (url: string, protocols: string[]) => object;

/** What is used of it. */
interface Socket {
  send(text: string): void;
  close(code?: number): void;
  onopen: () => void;
  onmessage: (event: { readonly data: unknown }) => void;
  onclose: (event: { readonly code: number }) => void;
  onerror: () => void;
}

export interface SocketEvents {
  /** A topic more or less is confirmed, or refused. */
  subscriptionsChanged(): void;
  tasks(tasks: readonly Task[]): void;
  resync(topics: Resync['topics']): void;
  goodbye(closesAtMs: number): void;
  ended(end: SocketEnd): void;
}

export interface SocketEnd {
  /** The server was heard: what failed was not the way to it. */
  readonly welcomed: boolean;
  readonly livedMs: number;
  readonly error: Error;
}

export interface SocketOptions {
  readonly WebSocket: WebSocketClass;
  readonly url: string;
  readonly ticket: () => Promise<LiveTicket>;
  readonly timing: Timing;
  readonly topics: readonly string[];
}

/** From the ticket in hand to the first message. */
const WELCOME_WITHIN_MS = 10_000;
const REPLY_WITHIN_MS = 10_000;
/** No topic: what is asked is to leave some. */
const LEAVING = '';

export class LiveSocket {
  readonly #options: SocketOptions;
  readonly #events: SocketEvents;
  readonly #bornMs: number;
  #socket: Socket | undefined;
  #welcome: Welcome | undefined;
  #hasEnded = false;
  #wanted: ReadonlySet<string>;
  #confirmed: ReadonlySet<string> = new Set();
  /** By the id of the message, until it is answered. */
  readonly #asked = new Map<string, string>();
  readonly refused = new Map<string, LiveError>();
  #nextId = 1;
  #heardMs = 0;
  #callOff: () => void = () => undefined;
  #callOffAgain: () => void = () => undefined;

  constructor(options: SocketOptions, events: SocketEvents) {
    this.#options = options;
    this.#events = events;
    this.#wanted = new Set(options.topics);
    this.#bornMs = options.timing.nowMs();
    options
      .ticket()
      .then((ticket) => this.#open(ticket))
      .catch((error: unknown) => this.#end(error as Error));
  }

  get isWelcomed(): boolean {
    return this.#welcome !== undefined;
  }

  get confirmed(): ReadonlySet<string> {
    return this.#confirmed;
  }

  /** Nothing is left to be answered. */
  get isSettled(): boolean {
    return (
      this.#welcome !== undefined &&
      [...this.#wanted].every((topic) => this.#confirmed.has(topic) || this.refused.has(topic))
    );
  }

  follow(topics: readonly string[]): void {
    this.#wanted = new Set(topics);
    // Whoever follows it again begins anew: the task may be there by then, and there may be room for one more.
    for (const topic of this.refused.keys()) if (!this.#wanted.has(topic)) this.refused.delete(topic);
    if (this.#welcome) this.#ask();
  }

  close(): void {
    this.#end(new Error('closed'), true);
  }

  #open({ protocols, url }: LiveTicket): void {
    if (this.#hasEnded) return;
    const { WebSocket, timing } = this.#options;
    const socket = new WebSocket(url ?? this.#options.url, protocols) as Socket;
    this.#socket = socket;
    // The welcome may come with the first reply alone.
    socket.onopen = () => {
      this.#ask();
      if (this.#wanted.size === 0) this.#sendPing();
    };
    socket.onmessage = ({ data }) => this.#heard(data);
    socket.onclose = ({ code }) => this.#end(new Error(`The live channel was closed with code ${code}`));
    // Browsers say why in the console alone; close follows.
    socket.onerror = () => undefined;
    this.#callOff = timing.after(WELCOME_WITHIN_MS, () => this.#end(new Error('The live channel does not answer')));
  }

  #heard(data: unknown): void {
    if (this.#hasEnded) return;
    this.#heardMs = this.#options.timing.nowMs();
    let message: ServerMessage;
    try {
      message = JSON.parse(String(data)) as ServerMessage;
    } catch {
      this.#end(new Error('The live channel sent what is not JSON'));
      return;
    }
    this.#took(message);
  }

  /** A kind that this version does not know is passed over, as the contract asks. */
  #took(message: ServerMessage): void {
    if (message.kind === 'tasks') this.#events.tasks(message.tasks);
    else if (message.kind === 'resync') this.#events.resync(message.topics);
    else if (message.kind === 'welcome') this.#welcomed(message);
    else if (message.kind === 'goodbye' && message.reason === 'lifetime')
      this.#events.goodbye(Date.parse(message.closesAt));
    else if (message.kind === 'subscriptions') {
      const asked = this.#asked.get(message.replyTo);
      if (asked === undefined) return;
      this.#asked.delete(message.replyTo);
      // Replies may overtake each other: an earlier one knows fewer topics.
      this.#confirmed = new Set(asked === LEAVING ? message.topics : [...this.#confirmed, ...message.topics]);
      for (const topic of this.#confirmed) this.refused.delete(topic);
      this.#ask();
      this.#events.subscriptionsChanged();
    } else if (message.kind === 'error') this.#wasRefused(message);
  }

  #welcomed(welcome: Welcome): void {
    this.#welcome = welcome;
    this.#ask();
    this.#ping(welcome.pingEverySeconds * 1000);
    this.#events.subscriptionsChanged();
  }

  #wasRefused(error: LiveError): void {
    const topic = this.#asked.get(error.replyTo ?? '');
    if (topic === undefined) return;
    this.#asked.delete(error.replyTo!);
    if (this.#wanted.has(topic)) this.refused.set(topic, error);
    this.#ask();
    this.#events.subscriptionsChanged();
  }

  /**
   * Topic by topic: a message counts as a whole, and one topic that is refused would take the others with it. What overtakes
   * another message must not matter, so nothing is left while something is asked for, or the other way round.
   */
  #ask(known: ReadonlyMap<string, unknown> = this.refused): void {
    const asked = new Set(this.#asked.values());
    for (const topic of asked.has(LEAVING) ? [] : this.#wanted) {
      if (this.#confirmed.has(topic) || asked.has(topic) || known.has(topic)) continue;
      const id = this.#newId();
      this.#asked.set(id, topic);
      this.#send({ action: 'subscribe', id, topics: [topic] });
    }
    const left = [...this.#confirmed].filter((topic) => !this.#wanted.has(topic));
    if (left.length > 0 && this.#asked.size === 0) {
      const id = this.#newId();
      this.#asked.set(id, LEAVING);
      this.#send({ action: 'unsubscribe', id, topics: left });
    }
    this.#callOffAgain();
    if (this.#asked.size === 0) return;
    this.#callOffAgain = this.#options.timing.after(REPLY_WITHIN_MS, () => {
      this.#asked.clear();
      this.#ask();
    });
  }

  #ping(everyMs: number): void {
    this.#callOff();
    this.#callOff = this.#options.timing.after(everyMs, () => {
      if (this.#options.timing.nowMs() - this.#heardMs > 2 * everyMs)
        this.#end(new Error('The live channel fell silent'));
      else {
        this.#sendPing();
        // What was refused may be granted by now.
        this.#ask(new Map());
        this.#ping(everyMs);
      }
    });
  }

  #sendPing(): void {
    this.#send({ action: 'ping', id: this.#newId() });
  }

  #newId(): string {
    return String(this.#nextId++);
  }

  #send(message: ClientMessage): void {
    this.#socket!.send(JSON.stringify(message));
  }

  #end(error: Error, isWanted = false): void {
    if (this.#hasEnded) return;
    this.#hasEnded = true;
    this.#callOff();
    this.#callOffAgain();
    this.#socket?.close(1000);
    if (isWanted) return;
    const livedMs = this.#options.timing.nowMs() - this.#bornMs;
    this.#events.ended({ welcomed: this.#welcome !== undefined, livedMs, error });
  }
}
