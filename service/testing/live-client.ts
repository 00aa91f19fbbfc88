/**
 * A client of the live channel for tests: every message that comes is held against the contract, and a test waits for one
 * by what it says. It can lose frames on purpose, and stop reading.
 */
import { once } from 'node:events';
import type { LiveTicket, ServerMessage } from '@holdfast/api/types';
import { serverMessages } from '@holdfast/api/response-validators';
import type { Validator } from '@holdfast/api/validator';
import { WebSocket } from 'ws';

const WITHIN_MS = 20_000;
const JUDGES: Readonly<Record<string, Validator<unknown>>> = serverMessages;

type Kind = ServerMessage['kind'];
type MessageOf<K extends Kind> = Extract<ServerMessage, { kind: K }>;

export interface LiveClientOptions {
  /** Of the handshake. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Of the request for a ticket: who it is. */
  readonly asking?: Readonly<Record<string, string>>;
  /** Frames that are lost on their way, by what they say. */
  readonly loses?: (message: ServerMessage) => boolean;
  /** One that was given before; else it asks for one. */
  readonly ticket?: string;
}

export async function ticketOf(url: string, headers: Readonly<Record<string, string>> = {}): Promise<LiveTicket> {
  const response = await fetch(`${url}/live-tickets`, { method: 'POST', headers });
  if (response.status !== 201) throw new Error(`No ticket, but ${response.status}.`);
  return (await response.json()) as LiveTicket;
}

/** Throws when the message is none of the contract. */
export function messageIn(text: string): ServerMessage {
  const message = JSON.parse(text) as ServerMessage;
  const judge = JUDGES[message.kind];
  if (!judge?.(message)) throw new Error(`Not of the contract: ${text} ${JSON.stringify(judge?.errors)}`);
  return message;
}

export class LiveClient {
  readonly socket: WebSocket;
  readonly messages: ServerMessage[] = [];
  /** Bytes of each text frame. */
  readonly frameBytes: number[] = [];
  readonly faults: Error[] = [];
  readonly closed: Promise<number>;
  closedBecause = '';
  readonly #waiting = new Set<() => void>();
  #nextId = 0;

  constructor(socket: WebSocket, { loses = () => false }: LiveClientOptions = {}) {
    this.socket = socket;
    const { promise, resolve } = Promise.withResolvers<number>();
    this.closed = promise;
    socket.on('message', (bytes: Buffer) => {
      this.frameBytes.push(bytes.length);
      try {
        const message = messageIn(bytes.toString());
        if (!loses(message)) this.messages.push(message);
      } catch (error) {
        this.faults.push(error as Error);
      }
      this.#look();
    });
    socket.on('error', () => undefined); // 'close' follows
    socket.on('close', (code, reason) => {
      this.closedBecause = reason.toString();
      resolve(code);
      this.#look();
    });
  }

  static async open(url: string, options: LiveClientOptions = {}): Promise<LiveClient> {
    const protocols = options.ticket
      ? ['holdfast.v1', `ticket.${options.ticket}`]
      : (await ticketOf(url, options.asking)).protocols;
    const socket = new WebSocket(`${url.replace('http', 'ws')}/live`, protocols, {
      ...(options.headers && { headers: options.headers }),
      perMessageDeflate: false,
    });
    return LiveClient.follow(socket, options);
  }

  /** Through a socket that has not been opened yet. */
  static async follow(socket: WebSocket, options: LiveClientOptions = {}): Promise<LiveClient> {
    const client = new LiveClient(socket, options);
    await once(socket, 'open');
    return client;
  }

  send(message: unknown): void {
    this.socket.send(typeof message === 'string' || Buffer.isBuffer(message) ? message : JSON.stringify(message));
  }

  /** Asks, and answers the reply. */
  async ask(action: string, fields: object = {}): Promise<ServerMessage> {
    const id = String((this.#nextId += 1));
    this.send({ action, id, ...fields });
    return this.until((message) => 'replyTo' in message && message.replyTo === id);
  }

  subscribe(...topics: string[]): Promise<ServerMessage> {
    return this.ask('subscribe', { topics });
  }

  untilKind<K extends Kind>(kind: K): Promise<MessageOf<K>> {
    return this.until((message) => message.kind === kind) as Promise<MessageOf<K>>;
  }

  /** The first message like this, also one that has come already. Throws when it does not come. */
  async until(isMeant: (message: ServerMessage) => boolean): Promise<ServerMessage> {
    const found = () => this.messages.find(isMeant);
    await this.#happened(() => found() !== undefined);
    return found()!;
  }

  /** All of a task that has come, in the order of arrival. */
  versionsOf(taskId: string): { version: number; status: string }[] {
    const tasks = this.messages.flatMap((message) => (message.kind === 'tasks' ? message.tasks : []));
    return tasks.filter((task) => task.taskId === taskId).map(({ version, status }) => ({ version, status }));
  }

  async untilTask(taskId: string, status: string): Promise<void> {
    await this.#happened(() => this.versionsOf(taskId).some((seen) => seen.status === status));
  }

  #happened(isTrue: () => boolean): Promise<undefined> {
    const { promise, resolve, reject } = Promise.withResolvers<undefined>();
    const look = () => {
      if (this.faults[0] !== undefined) reject(this.faults[0]);
      else if (isTrue()) resolve(undefined);
      else if (this.socket.readyState === WebSocket.CLOSED) reject(new Error(`Closed: ${this.#lately()}`));
    };
    const timer = setTimeout(() => reject(new Error(`It did not come: ${this.#lately()}`)), WITHIN_MS);
    this.#waiting.add(look);
    look();
    return promise.finally(() => {
      clearTimeout(timer);
      this.#waiting.delete(look);
    });
  }

  #look(): void {
    for (const look of this.#waiting) look();
  }

  #lately = (): string => JSON.stringify(this.messages.slice(-5)).slice(0, 2_000);
}
