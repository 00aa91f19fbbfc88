/**
 * All that one client knows: what its tasks can be, by their ids, and which id stands for a key or was made by the server.
 * Every answer goes through `learn`, which throws when nothing that is possible allows it.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Task } from '@holdfast/api/types';
import type { Answered, Client } from './client.ts';
import type { State } from './state.ts';
import type { Action, Answer } from './task-model.ts';
import { ABSENT, after, isFinal, isQuiet, meanwhile } from './task-model.ts';
import { mismatchOf, statusOf } from './views.ts';

/** How a submit names its task: by an id, by an Idempotency-Key, or not, so that the server does. */
export type Name = { readonly taskId: string } | { readonly key: string } | { readonly made: true };
/** How other commands name one: as the n-th of those that are known, or by an id that is nobody's. */
export type Pick = number | 'nobody';

export const nameText = (name: Name): string =>
  'taskId' in name ? name.taskId : 'key' in name ? `key ${name.key}` : 'unnamed';

const QUIET_WITHIN_MS = 90_000;
/** As long as every engine waits. */
const WAIT_SECONDS = 5;

export class KnownTasks {
  /** Something went wrong, here or with whoever plays beside it: nothing more is to be learnt. */
  isOver = false;
  readonly #states = new Map<string, readonly State[]>();
  readonly #keys = new Map<string, string>();
  /** What is being read page by page. */
  reading: Reading | undefined;

  get ids(): string[] {
    return [...this.#states.keys()];
  }

  idOf(pick: Pick): string {
    return pick === 'nobody' ? pick : (this.ids[pick % Math.max(1, this.ids.length)] ?? 'nobody');
  }

  /** What it was submitted by: nothing when it has no key of its own. */
  keyOf(taskId: string): string | undefined {
    return [...this.#keys].find(([, id]) => id === taskId)?.[0];
  }

  statesOf(taskId: string): readonly State[] {
    return this.#states.get(taskId) ?? [ABSENT];
  }

  namedBefore(name: Name): string | undefined {
    return 'taskId' in name ? name.taskId : 'key' in name ? this.#keys.get(name.key) : undefined;
  }

  /** The id under which the service has put what was submitted by this name. */
  named(name: Name, { task, status, code }: Answer): string {
    const taskId = this.namedBefore(name);
    if (task === undefined) {
      if (taskId !== undefined) return taskId;
      throw new Error(`A submit without an id of its own was refused: ${status} ${code}`);
    }
    if (taskId !== undefined && task.taskId !== taskId) throw new Error(`${taskId} was answered as ${task.taskId}`);
    if (taskId !== undefined) return taskId;
    if (this.#states.has(task.taskId)) throw new Error(`A new task got the id of another one: ${task.taskId}`);
    if ('key' in name) this.#keys.set(name.key, task.taskId);
    return task.taskId;
  }

  learn(taskId: string, action: Action, answer: Answer): void {
    const before = this.statesOf(taskId);
    const states = after(before, action, answer);
    if (states.length === 0) throw new Error(inexplicable({ taskId, action, answer, before }));
    this.put(taskId, states);
  }

  put(taskId: string, states: readonly State[]): void {
    if (states.some(({ phase }) => phase !== 'absent')) this.#states.set(taskId, states);
  }

  /** One of the list, as short views are. */
  see(task: Task): void {
    if (!this.#states.has(task.taskId)) throw new Error(`A list shows ${task.taskId}, which nobody has submitted`);
    this.learn(task.taskId, { kind: 'get' }, { status: 200, task });
  }

  /** Looks at the task until nothing happens to it any more. */
  async quiet(client: Client, taskId: string): Promise<void> {
    const endMs = performance.now() + QUIET_WITHIN_MS;
    while (!this.statesOf(taskId).every(isQuiet)) {
      const isEndFinal = meanwhile(this.statesOf(taskId)).filter(isQuiet).every(isFinal);
      const answer = await this.waited(client, taskId, isEndFinal ? WAIT_SECONDS : 0);
      this.learn(taskId, { kind: 'get' }, answer);
      if (this.statesOf(taskId).some((state) => statusOf(state) === 'dead')) return;
      if (performance.now() > endMs) throw new Error(`It does not come to rest: ${JSON.stringify(answer.body)}`);
      if (!isEndFinal) await sleep(10);
    }
  }

  /** What is answered before its time is final. */
  async waited(client: Client, taskId: string, seconds: number): Promise<Answered> {
    const askedMs = performance.now();
    const answer = await client.ask(`GET /tasks/${taskId}?wait=${seconds}`);
    const lastedMs = performance.now() - askedMs;
    const isEnd = answer.status === 404 || ['succeeded', 'dead', 'cancelled'].includes(answer.task?.status ?? '');
    // A timer may fire a little early.
    if (isEnd || lastedMs >= seconds * 1_000 - 50) return answer;
    throw new Error(`A wait of ${seconds} s was over after ${Math.round(lastedMs)} ms: ${JSON.stringify(answer.body)}`);
  }
}

/** A list that is read a page at a time, while other things happen. */
export interface Reading {
  readonly query: string;
  readonly cursor: string;
  /** Accepted before the first page. */
  readonly awaited: readonly string[];
  readonly seen: readonly string[];
}

interface Inexplicable {
  readonly taskId: string;
  readonly action: Action;
  readonly answer: Answer;
  readonly before: readonly State[];
}

export function inexplicable({ taskId, action, answer, before }: Inexplicable): string {
  const { status, code = '', task } = answer;
  const possible = meanwhile(before).map((state) => {
    const why = task === undefined ? '' : ` (${mismatchOf(state, task) ?? `version ${state.version}`})`;
    return `${state.phase}${why}`;
  });
  const said = `${JSON.stringify(action)} on ${taskId} was answered ${status} ${code} ${JSON.stringify(task)}`;
  return `${said}\nPossible before it, with what speaks against each afterwards: ${possible.join(', ')}`;
}
