/**
 * Task events come in, frames for whoever follows them go out: at most one of tasks per viewer and window, each with the
 * newest of every task. A viewer that does not read costs a bounded buffer and nobody else's time. Without viewers an
 * event costs one comparison.
 */
import { namesOf } from '../core/names-of.ts';
import type { Clock, Log, TaskEvent } from '../core/ports.ts';
import type { Rules } from '../core/rules.ts';
import { SECOND } from '../core/rules.ts';
import type { Audience, Viewer } from './audience.ts';
import { ChangedTask, resyncFrame } from './frames.ts';
import type { Outlet } from './outlet.ts';
import { Tenancy } from './tenancy.ts';
import { STATS, topicsOf } from './topics.ts';

export const WINDOW_MS = 100;
/** The longest window; sending may take a quarter of the time, so that many viewers make windows longer, not the server slower. */
const LONGEST_WINDOW_MS = SECOND;
const SHARE_OF_TIME = 4;
const STATS_EVERY_MS = SECOND;
/** What one viewer may leave unread, and all of them together. */
const VIEWER_BYTES = 1024 * 1024;
const ALL_BYTES = 256 * VIEWER_BYTES;
const READS_AGAIN_WITHIN_MS = 10 * SECOND;
/** Tasks that a viewer takes along when it follows other topics; for more it reads again. */
const MOST_CARRIED = 200;

export interface HubOptions {
  readonly clock: Clock;
  readonly rules: Rules;
  readonly log: Log;
}

export class Hub {
  readonly #clock: Clock;
  readonly #rules: Rules;
  readonly #log: Log;
  readonly #tenancies = new Map<string, Tenancy>();
  readonly #busy = new Set<Audience>();
  readonly #behind = new Set<Viewer>();
  readonly #viewers = new Set<Viewer>();
  #nextAtMs = -Infinity;
  #cancelTimer: (() => void) | undefined;

  constructor({ clock, rules, log }: HubOptions) {
    this.#clock = clock;
    this.#rules = rules;
    this.#log = log;
  }

  /** Those that have not left. */
  get viewers(): number {
    return this.#viewers.size;
  }

  note(events: readonly TaskEvent[]): void {
    if (this.#tenancies.size === 0) return;
    const nowMs = this.#clock.monotonicMs();
    for (const { task } of events) {
      const tenancy = this.#tenancies.get(task.tenant);
      if (tenancy === undefined) continue;
      tenancy.hasNews = true;
      const changed = new ChangedTask(task, nowMs);
      for (const topic of tenancy.topicsOf(task)) {
        for (const audience of tenancy.followersOf(topic)) {
          audience.add(changed);
          this.#busy.add(audience);
        }
      }
    }
    this.#wake();
  }

  join(tenant: string, outlet: Outlet): Viewer {
    const viewer: Viewer = { tenant, outlet, audience: undefined, behindSinceMs: undefined };
    this.#viewers.add(viewer);
    return viewer;
  }

  /** For good; again changes nothing. */
  leave(viewer: Viewer): void {
    this.#quit(viewer);
    this.#behind.delete(viewer);
    this.#viewers.delete(viewer);
  }

  /** From now on these and no others. What has not been sent yet of those that stay goes along, or a resync says so. */
  follow(viewer: Viewer, topics: ReadonlySet<string>): void {
    const before = viewer.audience;
    this.#quit(viewer);
    if (topics.size > 0) this.#enter(viewer, topics);
    if (before?.isWaiting) this.#carry(before, viewer);
  }

  #enter(viewer: Viewer, topics: ReadonlySet<string>): void {
    const tenancy = this.#tenancies.get(viewer.tenant) ?? new Tenancy(viewer.tenant);
    this.#tenancies.set(viewer.tenant, tenancy);
    viewer.audience = tenancy.audienceOf(topics);
    viewer.audience.viewers.add(viewer);
  }

  #quit(viewer: Viewer): void {
    const { audience } = viewer;
    if (audience === undefined) return;
    viewer.audience = undefined;
    audience.viewers.delete(viewer);
    if (audience.viewers.size > 0) return;
    const tenancy = this.#tenancies.get(viewer.tenant)!;
    tenancy.remove(audience);
    this.#busy.delete(audience);
    if (tenancy.isEmpty) this.#tenancies.delete(viewer.tenant);
  }

  #carry(before: Audience, viewer: Viewer): void {
    const { audience } = viewer;
    const kept = [...before.topics].filter((topic) => audience?.topics.has(topic));
    if (audience === undefined || kept.length === 0) return;
    const { waiting, waitingCount } = before;
    if (waiting === undefined || waitingCount > MOST_CARRIED) {
      this.#send(viewer, resyncFrame('overload', kept));
      return;
    }
    for (const changed of waiting) {
      if (topicsOf(changed.task).some((topic) => kept.includes(topic))) audience.add(changed);
    }
    if (audience.isWaiting) this.#busy.add(audience);
    this.#wake();
  }

  /** Whether the viewer has left so much unread that it gets nothing more; it is told when it reads again. */
  isBehind(viewer: Viewer): boolean {
    const { outlet, behindSinceMs } = viewer;
    const mostBytes = Math.min(VIEWER_BYTES, ALL_BYTES / this.#viewers.size);
    if (behindSinceMs === undefined && outlet.bufferedBytes > mostBytes) {
      viewer.behindSinceMs = this.#clock.monotonicMs();
      this.#behind.add(viewer);
      outlet.setListening(false);
      this.#wake();
    }
    return viewer.behindSinceMs !== undefined;
  }

  #send(viewer: Viewer, frame: Buffer): void {
    if (!this.isBehind(viewer)) viewer.outlet.send(frame);
  }

  #wake(): void {
    if (this.#cancelTimer !== undefined || !this.#hasWork()) return;
    const waitMs = Math.max(0, this.#nextAtMs - this.#clock.monotonicMs());
    this.#cancelTimer = this.#clock.timer(waitMs, () => this.#window());
  }

  #hasWork(): boolean {
    if (this.#busy.size > 0 || this.#behind.size > 0) return true;
    for (const tenancy of this.#tenancies.values()) {
      if (tenancy.hasNews && tenancy.followersOf(STATS).size > 0) return true;
    }
    return false;
  }

  #window(): void {
    const startMs = this.#clock.monotonicMs();
    for (const viewer of this.#behind) this.#lookAfter(viewer, startMs);
    for (const audience of this.#busy) this.#serve(audience, (nowMs) => audience.nextFrame(nowMs, this.#rules));
    for (const tenancy of this.#tenancies.values()) this.#tellOfStats(tenancy, startMs);
    const tookMs = this.#clock.monotonicMs() - startMs;
    this.#nextAtMs = startMs + Math.min(LONGEST_WINDOW_MS, Math.max(WINDOW_MS, tookMs * SHARE_OF_TIME));
    // Not before: whoever fell behind in this window would wake the next one at once.
    this.#cancelTimer = undefined;
    this.#wake();
  }

  #serve(audience: Audience, frameAt: (nowMs: number) => Buffer | undefined): void {
    try {
      const frame = frameAt(this.#clock.monotonicMs());
      if (frame !== undefined) for (const viewer of audience.viewers) this.#send(viewer, frame);
      if (!audience.isWaiting) this.#busy.delete(audience);
    } catch (error) {
      // They cannot be told what they have missed, so they begin anew; nobody else is concerned.
      this.#log.error('live-failed', namesOf(error));
      for (const { outlet } of [...audience.viewers]) outlet.close(1011, 'fault');
      this.#busy.delete(audience);
    }
  }

  #tellOfStats(tenancy: Tenancy, nowMs: number): void {
    if (!tenancy.hasNews || nowMs - tenancy.toldAtMs < STATS_EVERY_MS) return;
    tenancy.hasNews = false;
    tenancy.toldAtMs = nowMs;
    const frame = resyncFrame('changed', [STATS]);
    for (const audience of tenancy.followersOf(STATS)) this.#serve(audience, () => frame);
  }

  #lookAfter(viewer: Viewer, nowMs: number): void {
    const { outlet, audience, behindSinceMs = nowMs } = viewer;
    const hasRead = outlet.bufferedBytes === 0;
    if (!hasRead && nowMs - behindSinceMs < READS_AGAIN_WITHIN_MS) return;
    this.#behind.delete(viewer);
    viewer.behindSinceMs = undefined;
    if (audience !== undefined) outlet.send(resyncFrame('slow-reader', audience.topics));
    if (hasRead) outlet.setListening(true);
    else outlet.close(1008, 'not reading');
  }
}
