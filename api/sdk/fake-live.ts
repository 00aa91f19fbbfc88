// The server's half of the live channel for tests of the SDK: each socket that was opened, what it was sent, and what to say.
import type { Task } from '@holdfast/api/types';

interface Sent {
  readonly action: string;
  readonly id: string;
  readonly topics?: readonly string[];
}

export class FakeSocket {
  readonly url: string;
  readonly protocols: readonly string[];
  readonly sent: Sent[] = [];
  closedWith: number | undefined;
  onopen: (() => void) | undefined;
  onmessage: ((event: { data: unknown }) => void) | undefined;
  onclose: ((event: { code: number }) => void) | undefined;
  /** Answers subscriptions and pings by itself; set before the welcome. */
  answers = true;
  /** Keeps its replies until the test says them. */
  holds = false;
  readonly held: object[] = [];
  refuses: string | undefined;
  readonly #topics = new Set<string>();

  constructor(url: string, protocols: string[]) {
    this.url = url;
    this.protocols = protocols;
  }

  get topics(): string[] {
    return [...this.#topics];
  }

  send(text: string): void {
    const message = JSON.parse(text) as Sent;
    this.sent.push(message);
    if (!this.answers) return;
    const { action, id: replyTo, topics = [] } = message;
    if (action === 'ping') this.say({ kind: 'pong', replyTo, at: '' });
    else if (topics.includes(this.refuses ?? '')) {
      this.say({ kind: 'error', replyTo, code: 'not-found', message: 'No such task.', retryable: false });
    } else {
      for (const topic of topics) if (action === 'subscribe') this.#topics.add(topic);
      for (const topic of topics) if (action === 'unsubscribe') this.#topics.delete(topic);
      const reply = { kind: 'subscriptions', replyTo, topics: this.topics };
      if (this.holds) this.held.push(reply);
      else this.say(reply);
    }
  }

  close(code?: number): void {
    this.closedWith = code;
  }

  say(message: object): void {
    this.onmessage?.({ data: JSON.stringify(message) });
  }

  open(): void {
    this.onopen?.();
  }

  welcome(): void {
    const limits = { topics: 50, frameBytes: 32_768, messagesPerSecond: 1000 };
    this.say({ kind: 'welcome', protocol: 'holdfast.v1', at: '', pingEverySeconds: 60, closesAt: null, limits });
  }

  push(...tasks: Task[]): void {
    this.say({ kind: 'tasks', tasks });
  }

  lose(code = 1006): void {
    this.onclose?.({ code });
  }
}

/** A class to open sockets of, and those that were opened. */
export function fakeSockets(): { readonly opened: FakeSocket[]; readonly WebSocket: typeof FakeSocket } {
  const opened: FakeSocket[] = [];
  class Opened extends FakeSocket {
    constructor(url: string, protocols: string[]) {
      super(url, protocols);
      opened.push(this);
    }
  }
  return { opened, WebSocket: Opened };
}
