/** Plays one episode over a socket of its own, and holds everything that comes back against what has to. */
import type { Socket } from 'node:net';
import { setImmediate as turn } from 'node:timers/promises';
import type { ServerMessage, Task } from '@holdfast/api/types';
import { handshakeBytes } from '../given-live.ts';
import { messageIn } from '../live-client.ts';
import { connected } from '../raw-client.ts';
import { FrameReader, OPCODES } from './frame-bytes.ts';
import type { Ending } from './frame-endings.ts';
import type { Step } from './frame-episode.ts';
import type { Reply } from './frame-messages.ts';

export interface Visit {
  readonly url: string;
  readonly ticket: string;
  readonly tenant: string;
  /** Its tasks carry this tag. */
  readonly change: (taskId: string) => number;
}

const WITHIN_MS = 10_000;
/** Of the socket, after its close frame. */
const THE_END = 'the end';
const SERVER_FRAME_BYTES = 131_072;
/** A piece of a client that dribbles. */
const PIECE_BYTES = 7;

/** What broke the contract, in words. */
export class Broken extends Error {
  override readonly name = 'Broken';
}

export class FrameClient {
  readonly #visit: Visit;
  readonly #socket: Socket;
  readonly #reader = new FrameReader();
  readonly #replies: Reply[] = [];
  readonly #echoes: Buffer[] = [];
  readonly #versions = new Map<string, number>();
  /** As the last reply said. */
  #topics: ReadonlySet<string> = new Set();
  #isWelcome = false;
  #isResynced = false;
  #closedWith: number | undefined;
  #isGone = false;
  #broken: Broken | undefined;
  /** The error that the ending must cause. */
  #awaited: string | undefined;
  #isFlooding = false;
  #look: () => void = () => undefined;

  private constructor(visit: Visit, socket: Socket) {
    this.#visit = visit;
    this.#socket = socket;
  }

  static async open(visit: Visit): Promise<FrameClient> {
    const socket = await connected(visit.url);
    const client = new FrameClient(visit, socket);
    const { promise, resolve, reject } = Promise.withResolvers<undefined>();
    let head = Buffer.alloc(0);
    const read = (chunk: Buffer): void => {
      head = Buffer.concat([head, chunk]);
      const at = head.indexOf('\r\n\r\n');
      if (at === -1) return;
      if (!head.toString().startsWith('HTTP/1.1 101 ')) reject(new Broken(`refused: ${head.toString().slice(0, 600)}`));
      socket.off('data', read).on('data', (bytes: Buffer) => client.#hear(bytes));
      client.#hear(head.subarray(at + 4));
      resolve(undefined);
    };
    socket.on('data', read);
    socket.on('error', () => undefined); // 'close' follows
    socket.once('close', () => {
      client.#isGone = true;
      reject(new Broken('gone without an answer to the handshake'));
      client.#look();
    });
    socket.write(await handshakeBytes(visit.url, visit));
    await promise;
    return client;
  }

  destroy(): void {
    this.#socket.destroy();
  }

  async send(bytes: Buffer, dribbles: boolean): Promise<void> {
    if (!dribbles || bytes.length > 2_000) {
      this.#socket.write(bytes);
      return;
    }
    this.#socket.setNoDelay(true);
    for (let at = 0; at < bytes.length; at += PIECE_BYTES) {
      this.#socket.write(bytes.subarray(at, at + PIECE_BYTES));
      await turn();
    }
  }

  expect({ replies, echoes }: Step): void {
    this.#replies.push(...replies);
    this.#echoes.push(...echoes);
  }

  /** Throws Broken. */
  async untilAnswered(): Promise<void> {
    await this.#until(() => this.#isWelcome && this.#replies.length === 0 && this.#echoes.length === 0, 'answers');
  }

  /** It has to hear of it, or to be told to read again. Throws Broken. */
  async untilTold(taskId: string): Promise<void> {
    this.#isResynced = false;
    // Twice within a window: the newer one counts.
    this.#visit.change(taskId);
    const version = this.#visit.change(taskId);
    if (!['tasks', 'type:simulate', `task:${taskId}`].some((topic) => this.#topics.has(topic))) return;
    await this.#until(() => this.#isResynced || (this.#versions.get(taskId) ?? 0) >= version, `${taskId} ${version}`);
  }

  /** Throws Broken. */
  async end({ bytes, closes, says }: Ending, dribbles: boolean): Promise<void> {
    this.#awaited = says;
    this.#isFlooding = says !== undefined || closes === 'any';
    await this.send(bytes, dribbles);
    if (closes === 'gone') return;
    if (closes === 'any') {
      this.#socket.end();
      await this.#until(() => this.#isGone, THE_END);
      if (this.#closedWith === 1011) throw new Broken('a fault of the server: 1011');
      return;
    }
    await this.#until(() => this.#closedWith !== undefined, `close ${closes.join(' or ')}`);
    if (!closes.includes(this.#closedWith!))
      throw new Broken(`closed with ${this.#closedWith}, not ${closes.join(' or ')}`);
    if (this.#awaited !== undefined) throw new Broken(`closed without the error ${this.#awaited}`);
    this.#socket.end();
    await this.#until(() => this.#isGone, THE_END);
    if (this.#reader.restBytes > 0) throw new Broken('half a frame at the end');
  }

  async #until(isTrue: () => boolean, what: string): Promise<void> {
    const { promise, resolve, reject } = Promise.withResolvers<undefined>();
    const timer = setTimeout(() => reject(new Broken(`${what}: did not come`)), WITHIN_MS);
    this.#look = () => {
      if (this.#broken !== undefined) reject(this.#broken);
      else if (isTrue()) resolve(undefined);
      else if (this.#isGone || (this.#closedWith !== undefined && what !== THE_END)) {
        reject(new Broken(`${what}: closed with ${this.#closedWith ?? 'no code'}`));
      }
    };
    this.#look();
    await promise.finally(() => {
      clearTimeout(timer);
      this.#look = () => undefined;
    });
  }

  #hear(chunk: Buffer): void {
    try {
      for (const { opcode, payload, fault } of this.#reader.read(chunk)) {
        if (fault !== undefined) throw new Broken(fault);
        if (this.#closedWith !== undefined) throw new Broken('a frame after the close frame');
        if (opcode === OPCODES.text) this.#message(payload);
        else if (opcode === OPCODES.pong) this.#echo(payload);
        else if (opcode === OPCODES.close) this.#closedWith = payload.length < 2 ? 1005 : payload.readUInt16BE();
        else throw new Broken(`a frame of kind ${opcode}`);
      }
    } catch (error) {
      this.#broken ??= error instanceof Broken ? error : new Broken((error as Error).message);
    }
    this.#look();
  }

  #echo(payload: Buffer): void {
    if (this.#isFlooding) return;
    const expected = this.#echoes.shift();
    if (!expected?.equals(payload)) throw new Broken('a pong that answers no ping');
  }

  #message(payload: Buffer): void {
    if (payload.length > SERVER_FRAME_BYTES) throw new Broken(`a frame of ${payload.length} bytes`);
    const text = new TextDecoder('utf-8', { fatal: true }).decode(payload);
    const message = messageIn(text);
    if (message.kind === 'tasks') for (const task of message.tasks) this.#task(task);
    else if (message.kind === 'resync') this.#resync(message.topics);
    else if (message.kind === 'welcome') this.#welcome();
    else this.#reply(message, text);
  }

  #welcome(): void {
    if (this.#isWelcome) throw new Broken('a second welcome');
    this.#isWelcome = true;
  }

  /** [S14] */
  #task({ taskId, type, version, tags }: Task): void {
    const { tenant } = this.#visit;
    if (tags[0] !== tenant) throw new Broken(`${tenant} was told of a task of ${tags[0]}`);
    const isFollowed = ['tasks', `type:${type}`, `task:${taskId}`].some((topic) => this.#topics.has(topic));
    if (!isFollowed) throw new Broken(`told of ${taskId}, which it does not follow`);
    this.#versions.set(taskId, Math.max(version, this.#versions.get(taskId) ?? 0));
  }

  #resync(topics: readonly string[]): void {
    const strange = topics.find((topic) => !this.#topics.has(topic));
    if (strange !== undefined) throw new Broken(`a resync of ${strange}, which it does not follow`);
    if (topics.some((topic) => topic !== 'stats' && topic !== 'groups')) this.#isResynced = true;
  }

  #reply(message: ServerMessage, text: string): void {
    if (message.kind === 'error' && message.code === this.#awaited) {
      this.#awaited = undefined;
      return;
    }
    if (this.#isFlooding) return;
    const expected = this.#replies.shift();
    if (expected === undefined || !isReply(message, expected)) {
      throw new Broken(`${text.slice(0, 600)} instead of ${JSON.stringify(expected)?.slice(0, 600)}`);
    }
    if (expected.kind === 'subscriptions') this.#topics = new Set(expected.topics);
  }
}

function isReply(message: ServerMessage, expected: Reply): boolean {
  if (message.kind === 'pong') return expected.kind === 'pong' && message.replyTo === expected.replyTo;
  if (message.kind === 'error') {
    return expected.kind === 'error' && message.replyTo === expected.replyTo && message.code === expected.code;
  }
  if (message.kind !== 'subscriptions' || expected.kind !== 'subscriptions') return false;
  const isSame = new Set([...message.topics, ...expected.topics]).size === expected.topics.length;
  return isSame && message.topics.length === expected.topics.length && message.replyTo === expected.replyTo;
}
