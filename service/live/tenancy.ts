/** Who follows what within one tenant: nothing here can reach another one. [S14] */
import type { LedgerTask } from '../core/task.ts';
import { Audience } from './audience.ts';
import { ALL, isNarrow, topicsOf } from './topics.ts';

const NOBODY: ReadonlySet<Audience> = new Set();
const ALL_ALONE = [ALL];

export class Tenancy {
  readonly #tenant: string;
  /** By their topics in order. */
  readonly #audiences = new Map<string, Audience>();
  readonly #followers = new Map<string, Set<Audience>>();
  /** Of all audiences together. */
  #narrowTopics = 0;
  /** The statistics are different from what was told last. */
  hasNews = false;
  toldAtMs = -Infinity;

  constructor(tenant: string) {
    this.#tenant = tenant;
  }

  get isEmpty(): boolean {
    return this.#audiences.size === 0;
  }

  /** The one of these topics; made when it is the first time. */
  audienceOf(topics: ReadonlySet<string>): Audience {
    const name = [...topics].sort().join(' ');
    const known = this.#audiences.get(name);
    if (known !== undefined) return known;
    const audience = new Audience(this.#tenant, topics);
    this.#audiences.set(name, audience);
    for (const topic of topics) {
      if (isNarrow(topic)) this.#narrowTopics += 1;
      const followers = this.#followers.get(topic) ?? new Set();
      this.#followers.set(topic, followers.add(audience));
    }
    return audience;
  }

  /** Nobody is left in it. */
  remove(audience: Audience): void {
    this.#audiences.delete([...audience.topics].sort().join(' '));
    for (const topic of audience.topics) {
      if (isNarrow(topic)) this.#narrowTopics -= 1;
      const followers = this.#followers.get(topic)!;
      followers.delete(audience);
      if (followers.size === 0) this.#followers.delete(topic);
    }
  }

  followersOf(topic: string): ReadonlySet<Audience> {
    return this.#followers.get(topic) ?? NOBODY;
  }

  /** Those that may have followers. On the way of every commit: none is spelt that nobody could follow. */
  topicsOf(task: LedgerTask): readonly string[] {
    return this.#narrowTopics === 0 ? ALL_ALONE : topicsOf(task);
  }
}
