/** Messages of the server as bytes. A task is written down once however many watch it, and a frame once for its audience. */
import type { Resync, ServerMessage, Task } from '@holdfast/api/types';
import type { Rules } from '../core/rules.ts';
import type { LedgerTask } from '../core/task.ts';
import { taskView } from '../http/view.ts';

export const FRAME_BYTES = 131_072;
const HEAD = '{"kind":"tasks","tasks":[';
const TAIL = ']}';

/** A task as one event left it; shared by all audiences that it matters to. What came from elsewhere is a view already. */
export class ChangedTask {
  readonly task: LedgerTask | Task;
  /** On the monotonic clock. */
  readonly notedAtMs: number;
  #text: string | undefined;
  #bytes = 0;

  constructor(task: LedgerTask | Task, notedAtMs: number) {
    this.task = task;
    this.notedAtMs = notedAtMs;
  }

  textBy(rules: Rules): string {
    if (this.#text === undefined) {
      this.#text = JSON.stringify('tenant' in this.task ? taskView(this.task, rules) : this.task);
      this.#bytes = Buffer.byteLength(this.#text);
    }
    return this.#text;
  }

  /** Of its text. */
  bytesBy(rules: Rules): number {
    this.textBy(rules);
    return this.#bytes;
  }
}

export interface TasksFrame {
  readonly frame: Buffer;
  /** How many of the tasks it carries: the first ones. */
  readonly count: number;
}

/** As many as a frame may hold, at least one. */
export function tasksFrame(tasks: Iterable<ChangedTask>, rules: Rules, mostBytes = FRAME_BYTES): TasksFrame {
  let bytes = HEAD.length + TAIL.length;
  const texts: string[] = [];
  for (const changed of tasks) {
    bytes += changed.bytesBy(rules) + 1;
    if (bytes > mostBytes && texts.length > 0) break;
    texts.push(changed.textBy(rules));
  }
  return { frame: Buffer.from(`${HEAD}${texts.join(',')}${TAIL}`), count: texts.length };
}

export const frameOf = (message: ServerMessage): Buffer => Buffer.from(JSON.stringify(message));

export const resyncFrame = (reason: Resync['reason'], topics: Iterable<string>): Buffer =>
  frameOf({ kind: 'resync', reason, topics: [...topics] });
