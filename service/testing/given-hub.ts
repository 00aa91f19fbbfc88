/** A hub under virtual time, a ledger of tasks that change, and viewers in memory that read, or do not, or lose frames. */
import type { ServerMessage, Task } from '@holdfast/api/types';
import type { LogFields, TaskEvent } from '../core/ports.ts';
import type { Rules } from '../core/rules.ts';
import { DEFAULT_POLICY, STANDARD } from '../core/rules.ts';
import type { LedgerTask } from '../core/task.ts';
import { ITEM_SCHEMA } from '../core/task.ts';
import type { Viewer } from '../live/audience.ts';
import { Hub } from '../live/hub.ts';
import type { Outlet } from '../live/outlet.ts';
import { clockOf } from './given-storage.ts';
import { messageIn } from './live-client.ts';
import { VirtualTime } from './virtual-time.ts';

type TasksMessage = Extract<ServerMessage, { kind: 'tasks' }>;

/** Keeps every frame until it reads, and holds it against the contract. */
export class GivenViewer implements Outlet {
  readonly messages: ServerMessage[] = [];
  readonly frames: Buffer[] = [];
  readonly arrivedAtMs: number[] = [];
  closedWith: number | undefined;
  isListenedTo = true;
  isReading = true;
  viewer: Viewer | undefined;
  #unread: Buffer[] = [];
  readonly #nowMs: () => number;

  constructor(nowMs: () => number) {
    this.#nowMs = nowMs;
  }

  get bufferedBytes(): number {
    return this.#unread.reduce((bytes, { length }) => bytes + length, 0);
  }

  get tasks(): Task[] {
    return this.frameMessages.flatMap(({ tasks }) => tasks);
  }

  get frameMessages(): TasksMessage[] {
    return this.messages.filter((message) => message.kind === 'tasks');
  }

  get resyncs(): string[] {
    return this.messages.flatMap((message) =>
      message.kind === 'resync' ? `${message.reason}: ${message.topics.join(' ')}` : [],
    );
  }

  send(frame: Buffer): void {
    this.#unread.push(frame);
    this.arrivedAtMs.push(this.#nowMs());
    if (this.isReading) this.read();
  }

  /** All that was sent, now and from now on. */
  read(): void {
    this.isReading = true;
    for (const frame of this.#unread.splice(0)) {
      this.frames.push(frame);
      this.messages.push(messageIn(frame.toString()));
    }
  }

  setListening(isListening: boolean): void {
    this.isListenedTo = isListening;
  }

  close(code: number): void {
    this.closedWith = code;
  }
}

export class GivenHub {
  readonly time = new VirtualTime();
  readonly faults: { event: string; fields: LogFields }[] = [];
  readonly hub: Hub;
  /** The ledger, by tenant and id. */
  readonly tasks = new Map<string, LedgerTask>();

  constructor(policyOf: Rules['policyOf'] = () => DEFAULT_POLICY) {
    const note = (event: string, fields: LogFields = {}) => void this.faults.push({ event, fields });
    const log = { debug: () => undefined, info: note, warn: note, error: note };
    this.hub = new Hub({ clock: clockOf(this.time), rules: { constants: STANDARD, policyOf }, log });
  }

  join(topics: readonly string[], tenant = 'alpha'): GivenViewer {
    const outlet = new GivenViewer(() => this.time.nowMs);
    outlet.viewer = this.hub.join(tenant, outlet);
    this.follow(outlet, topics);
    return outlet;
  }

  follow({ viewer }: GivenViewer, topics: readonly string[]): void {
    this.hub.follow(viewer!, new Set(topics));
  }

  /** Writes the task, and answers the event of it without telling anybody. */
  write(taskId: string, fields: Partial<LedgerTask> = {}): TaskEvent {
    const { tenant = 'alpha' } = fields;
    const before = this.tasks.get(`${tenant}/${taskId}`) ?? this.#newTask(taskId, tenant);
    const task = { ...before, ...fields, version: before.version + 1 };
    this.tasks.set(`${tenant}/${taskId}`, task);
    return { move: 'claim', task };
  }

  change(taskId: string, fields: Partial<LedgerTask> = {}): void {
    this.hub.note([this.write(taskId, fields)]);
  }

  changeMany(count: number, prefix = 'many', fields: Partial<LedgerTask> = {}): void {
    this.hub.note(Array.from({ length: count }, (_, n) => this.write(`${prefix}-${n}`, fields)));
  }

  pass(ms: number): Promise<void> {
    return this.time.play(() => false, this.time.nowMs + ms);
  }

  #newTask(taskId: string, tenant: string): LedgerTask {
    const { nowMs } = this.time;
    return {
      ...{ schema: ITEM_SCHEMA, tenant, taskId, type: 'simulate', payloadVersion: 1, status: 'queued', version: 0 },
      ...{ fence: 0, failures: 0, crashes: 0, lostInRow: 0, budgetBase: 0, notBeforeMs: nowMs, rings: 0 },
      ...{ expiresAtMs: nowMs + 1_000_000, requestHash: '', tags: [], createdAtMs: nowMs, updatedAtMs: nowMs },
      ...{ attemptsTotal: 0, attempts: [], history: [], payload: '{}' },
    };
  }
}
