/**
 * The viewers of one tenant that follow the same topics, and the changes that wait for their next frame: the newest of
 * each task, once for all of them. What is too much to carry is dropped, and they are told to read it again. [S14]
 */
import type { Rules } from '../core/rules.ts';
import { SECOND } from '../core/rules.ts';
import type { ChangedTask } from './frames.ts';
import { resyncFrame, tasksFrame } from './frames.ts';
import type { Outlet } from './outlet.ts';

/** News that would come later are read sooner over HTTP. */
const MOST_WAITING = 2_000;
const LONGEST_WAIT_MS = 2 * SECOND;
/** Every resync makes each viewer read a page, just when the server has enough to do. */
const RESYNC_EVERY_MS = 2 * SECOND;

/** One connection as the hub sees it: what it follows, and whether it reads. */
export interface Viewer {
  readonly tenant: string;
  readonly outlet: Outlet;
  /** Undefined while it follows nothing. */
  audience: Audience | undefined;
  /** On the monotonic clock; undefined while it keeps up. */
  behindSinceMs: number | undefined;
}

export class Audience {
  readonly tenant: string;
  readonly topics: ReadonlySet<string>;
  readonly viewers = new Set<Viewer>();
  readonly #waiting = new Map<string, ChangedTask>();
  #hasDropped = false;
  #resyncAtMs = -Infinity;

  constructor(tenant: string, topics: ReadonlySet<string>) {
    this.tenant = tenant;
    this.topics = topics;
  }

  get isWaiting(): boolean {
    return this.#hasDropped || this.#waiting.size > 0;
  }

  /** What has not been sent yet; undefined when some of it was dropped. */
  get waiting(): Iterable<ChangedTask> | undefined {
    return this.#hasDropped ? undefined : this.#waiting.values();
  }

  get waitingCount(): number {
    return this.#waiting.size;
  }

  add(changed: ChangedTask): void {
    if (this.#hasDropped) return;
    const { taskId, version } = changed.task;
    const waiting = this.#waiting.get(taskId);
    if (waiting !== undefined && waiting.task.version >= version) return;
    this.#waiting.set(taskId, changed);
    if (this.#waiting.size > MOST_WAITING) this.#dropAll();
  }

  #dropAll(): void {
    this.#waiting.clear();
    this.#hasDropped = true;
  }

  /** The frame of this window; undefined when there is nothing to say yet. */
  nextFrame(nowMs: number, rules: Rules): Buffer | undefined {
    const [oldest] = this.#waiting.values();
    if (oldest !== undefined && nowMs - oldest.notedAtMs > LONGEST_WAIT_MS) this.#dropAll();
    if (this.#hasDropped) return this.#resync(nowMs);
    if (oldest === undefined) return undefined;
    const { frame, count } = tasksFrame(this.#waiting.values(), rules);
    let left = count;
    for (const taskId of this.#waiting.keys()) {
      if ((left -= 1) < 0) break;
      this.#waiting.delete(taskId);
    }
    return frame;
  }

  #resync(nowMs: number): Buffer | undefined {
    if (nowMs - this.#resyncAtMs < RESYNC_EVERY_MS) return undefined;
    this.#resyncAtMs = nowMs;
    this.#hasDropped = false;
    return resyncFrame('overload', this.topics);
  }
}
