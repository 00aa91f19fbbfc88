/**
 * A viewer on the live channel, as the contract asks viewers to be (api/asyncapi.yaml): it subscribes, reads a snapshot, keeps the
 * higher version of each task, and reads again at `resync` and after every connection. Its picture holds the tasks of this run.
 * k6 takes subprotocols as a browser does, which its types do not know.
 */
import type { ClientMessage, ServerMessage, Task } from '@holdfast/api/types';
import { Counter, Trend } from 'k6/metrics';
import { clearInterval, setInterval, setTimeout } from 'k6/timers';
import { WebSocket } from 'k6/websockets';
import { persistently } from './again.ts';
import { ask } from './client.ts';
import { tasksOfRun } from './ledger.ts';
import { TAG, URL } from './settings.ts';
import { noteError } from './tasks.ts';

/** From the change in the ledger to the arrival of the first frame that tells of it. */
export const deliveryMs = new Trend('delivery_ms', true);
export const framesHeard = new Counter('frames');
/** By `reason`. */
export const resyncs = new Counter('resyncs');
/** Connections that were made again, by whoever had ended them. */
export const reconnects = new Counter('reconnects');

interface Socket {
  send(text: string): void;
  close(code?: number): void;
  onopen: () => void;
  /** `timestamp` is when it was read from the network, in ms since 1970. */
  onmessage: (event: { readonly data: unknown; readonly timestamp: number }) => void;
  onclose: () => void;
  onerror: (event: { readonly error: string }) => void;
}
const Socket = WebSocket as unknown as new (url: string, protocols: readonly string[]) => Socket;

const BEAT_MS = 20_000;
const TICKET_WITHIN_S = 30;
const RECONNECT = { baseMs: 1_000, capMs: 30_000 };

export class Viewer {
  readonly #topic: string;
  readonly #picture = new Map<string, Task>();
  #socket: Socket | undefined;
  #beat = 0;
  #isDone = false;
  #failures = 0;
  #pingedAtMs = 0;
  /** How far the server's clock is ahead, known to half the time that a ping took. */
  #clock = { aheadMs: 0, roundTripMs: Infinity };

  constructor(topic: string) {
    this.#topic = topic;
  }

  connect(): void {
    const ticket = persistently(() => ask('post', '/live-tickets'), TICKET_WITHIN_S);
    if (!ticket.ok) {
      noteError(ticket);
      this.#connectLater();
      return;
    }
    const { url, protocols } = ticket.body;
    const socket = new Socket(url ?? `${URL.replace(/^http/, 'ws')}/live`, protocols);
    socket.onopen = () => {
      this.#send({ action: 'subscribe', id: 'follow', topics: [this.#topic] });
      this.#ping();
      this.#beat = setInterval(() => this.#ping(), BEAT_MS);
    };
    socket.onmessage = ({ data, timestamp }) => this.#heard(JSON.parse(String(data)) as ServerMessage, timestamp);
    socket.onerror = ({ error }) => noteError({ status: 0, problem: { code: `live channel: ${error}` } });
    socket.onclose = () => {
      clearInterval(this.#beat);
      if (!this.#isDone) this.#connectLater();
    };
    this.#socket = socket;
  }

  /** Ends the connection; the viewer makes a new one as after any loss. */
  cut(): void {
    // At once: nothing may be sent while a connection is closing.
    clearInterval(this.#beat);
    this.#socket?.close();
  }

  end(): void {
    this.#isDone = true;
    this.cut();
  }

  /** How many tasks it shows otherwise than they are, does not show, or shows though they are not. */
  differencesFrom(tasks: readonly Task[]): number {
    const shown = tasks.filter(({ taskId, version }) => (this.#picture.get(taskId)?.version ?? 0) >= version).length;
    const ids = new Set(tasks.map(({ taskId }) => taskId));
    return tasks.length - shown + [...this.#picture.keys()].filter((taskId) => !ids.has(taskId)).length;
  }

  #connectLater(): void {
    reconnects.add(1);
    this.#failures += 1;
    const boundMs = Math.min(RECONNECT.capMs, RECONNECT.baseMs * 2 ** (this.#failures - 1));
    setTimeout(() => this.#isDone || this.connect(), Math.random() * boundMs);
  }

  #heard(message: ServerMessage, atMs: number): void {
    if (message.kind === 'tasks') this.#told(message.tasks, atMs);
    else if (message.kind === 'subscriptions') {
      this.#failures = 0;
      this.#read();
    } else if (message.kind === 'resync') {
      resyncs.add(1, { reason: message.reason });
      this.#read();
    } else if (message.kind === 'pong') this.#compareClocks(Date.parse(message.at), atMs);
    else if (message.kind === 'error') noteError({ status: 0, problem: message });
  }

  #told(tasks: readonly Task[], atMs: number): void {
    framesHeard.add(1);
    const { aheadMs, roundTripMs } = this.#clock;
    const correctionMs = Math.abs(aheadMs) > roundTripMs / 2 ? aheadMs : 0;
    for (const task of tasks.filter(({ tags }) => tags.includes(TAG)))
      if (this.#keep(task)) deliveryMs.add(Math.max(0, atMs + correctionMs - Date.parse(task.updatedAt)));
  }

  #read(): void {
    for (const task of tasksOfRun()) this.#keep(task);
  }

  #keep(task: Task): boolean {
    const isNews = task.version > (this.#picture.get(task.taskId)?.version ?? 0);
    if (isNews) this.#picture.set(task.taskId, task);
    return isNews;
  }

  #ping(): void {
    this.#pingedAtMs = Date.now();
    this.#send({ action: 'ping', id: 'beat' });
  }

  #compareClocks(serverMs: number, atMs: number): void {
    const roundTripMs = atMs - this.#pingedAtMs;
    if (roundTripMs >= this.#clock.roundTripMs) return;
    this.#clock = { aheadMs: serverMs - (this.#pingedAtMs + roundTripMs / 2), roundTripMs };
  }

  #send(message: ClientMessage): void {
    this.#socket!.send(JSON.stringify(message));
  }
}
