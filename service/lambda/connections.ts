/**
 * The live connections of an installation as entries: who each one is, what it follows, and under each topic who follows it,
 * so that one list says whom the news of a tenant are for. [S14] What a connection that ended unseen leaves behind is over
 * after 3 h, or as soon as a frame finds it gone. Whatever is not answered throws LedgerUnavailable.
 */
import { hash } from 'node:crypto';
import type { EntryKey, EntryPrefix } from '../core/entry-keys.ts';
import { installationKey, installationPrefix, tenantKey, tenantPrefix } from '../core/entry-keys.ts';
import type { Clock, Failed, KeyValue, Stored, SwapResult } from '../core/ports.ts';
import { LedgerUnavailable } from '../core/ports.ts';
import { Refusal } from '../core/refusal.ts';
import { MINUTE } from '../core/rules.ts';
import type { Principal } from '../http/principal.ts';
import { ATTENDANCE_LIMITS } from '../live/attendance.ts';

/** From the last change on; API Gateway ends a connection after 2 h. */
const KEPT_MS = 180 * MINUTE;
const PAGE = 1_000;
const FREE_AGAIN_SECONDS = 30;
const MOST_TRIES = 5;

/** What becomes of a connection, beside who it is. */
export interface Fate {
  /** Some news did not reach it, and it has not been told so yet. */
  readonly hasMissed?: true;
  readonly saidGoodbye?: true;
  /** Since when nobody can say whether its identity stands. */
  readonly unansweredSinceMs?: number;
}

export interface LiveConnection {
  readonly id: string;
  readonly principal: Principal;
  readonly connectedAtMs: number;
  readonly fate: Fate;
  /** Of its entry. */
  readonly version: number;
}

export interface Following {
  readonly topics: ReadonlySet<string>;
  readonly isWelcomed: boolean;
  /** Of its entry. */
  readonly version: number;
}

/** Of a tenant: the topics of each connection that follows any. */
export type Followers = ReadonlyMap<string, ReadonlySet<string>>;

type Kept = Omit<LiveConnection, 'id' | 'version' | 'principal'> & {
  readonly principal: Omit<Principal, 'scopes'> & { readonly scopes: readonly string[] };
};
type KeptFollowing = Omit<Following, 'version' | 'topics'> & { readonly topics: readonly string[] };
type Owned = Pick<LiveConnection, 'id'> & { readonly principal: Pick<Principal, 'tenant' | 'subject'> };

/** API Gateway names connections with letters that no key may have, and topics have one. */
const spelt = (name: string): string => encodeURIComponent(name).replaceAll('~', '%7E').replaceAll('%', '~');
const read = (part: string): string => decodeURIComponent(part.replaceAll('~', '%'));
const nameOf = (subject: string): string => hash('sha256', subject, 'base64url');

const connections = installationPrefix('connection');
const keyOf = (id: string): EntryKey => installationKey('connection', spelt(id));
const seats = (tenant: string): EntryPrefix => tenantPrefix(tenant, 'seat');
const seatOf = ({ id, principal }: Owned): EntryKey =>
  tenantKey(principal.tenant, 'seat', nameOf(principal.subject), spelt(id));
const topicOf = (tenant: string, topic: string, id: string): EntryKey =>
  tenantKey(tenant, 'live', spelt(topic), spelt(id));

export class Connections {
  readonly #keyValue: KeyValue;
  readonly #clock: Clock;

  constructor({ keyValue, clock }: { readonly keyValue: KeyValue; readonly clock: Clock }) {
    this.#keyValue = keyValue;
    this.#clock = clock;
  }

  /** Throws rate-limited. Of many at once some may get in beyond the limits. */
  async join({ id, principal }: Pick<LiveConnection, 'id' | 'principal'>): Promise<void> {
    await this.#refuseTooMany(principal);
    const connectedAtMs = this.#clock.nowMs();
    const kept: Kept = { principal: { ...principal, scopes: [...principal.scopes] }, connectedAtMs, fate: {} };
    const nothing: KeptFollowing = { topics: [], isWelcomed: false };
    // A conflict is our own write, repeated: no other connection has its id.
    await this.#swap(seatOf({ id, principal }), 0, nothing);
    await this.#swap(keyOf(id), 0, kept);
  }

  async #refuseTooMany({ kind, tenant, subject }: Principal): Promise<void> {
    if (kind === 'local') return;
    const { seatsOfTenant, seatsOfIdentity } = ATTENDANCE_LIMITS;
    const taken = await this.#list(seats(tenant), seatsOfTenant);
    const own = tenantPrefix(tenant, 'seat', nameOf(subject));
    if (taken.filter(({ key }) => key.startsWith(own)).length >= seatsOfIdentity) {
      throw full(`One identity has at most ${seatsOfIdentity} live connections.`);
    }
    if (taken.length >= seatsOfTenant) throw full(`One tenant has at most ${seatsOfTenant} live connections.`);
  }

  async find(id: string): Promise<LiveConnection | undefined> {
    const stored = await this.#keyValue.get(keyOf(id));
    return stored && connectionOf(id, stored);
  }

  /** Undefined when the connection has ended. */
  async followingOf(connection: Owned): Promise<Following | undefined> {
    const stored = await this.#keyValue.get(seatOf(connection));
    if (stored === undefined) return undefined;
    const { topics, isWelcomed } = stored.value as KeptFollowing;
    return { topics: new Set(topics), isWelcomed, version: stored.version };
  }

  /**
   * From now on these topics and no others, and welcomed. `conflict`: another message of the connection was faster; nothing
   * is as it was. What is followed is found by news before this answers.
   */
  async follow(
    { id, principal }: LiveConnection,
    before: Following,
    topics: ReadonlySet<string>,
  ): Promise<'followed' | 'conflict' | 'too-many'> {
    const added = [...topics].filter((topic) => !before.topics.has(topic));
    const left = [...before.topics].filter((topic) => !topics.has(topic));
    if (added.length > left.length && !(await this.#mayFollow({ id, principal }, topics.size))) return 'too-many';
    await this.#each(added, (topic) => this.#swap(topicOf(principal.tenant, topic, id), 0, {}));
    await this.#each(left, (topic) => this.#remove(topicOf(principal.tenant, topic, id)));
    const kept: KeptFollowing = { topics: [...topics], isWelcomed: true };
    const { kind } = await this.#swap(seatOf({ id, principal }), before.version, kept);
    return kind === 'swapped' ? 'followed' : 'conflict';
  }

  async #mayFollow({ id, principal }: Owned & Pick<LiveConnection, 'principal'>, topics: number): Promise<boolean> {
    if (principal.kind === 'local') return true;
    const { seatsOfIdentity, topicsOfIdentity } = ATTENDANCE_LIMITS;
    const own = tenantPrefix(principal.tenant, 'seat', nameOf(principal.subject));
    let all = topics;
    for (const { key, stored } of await this.#list(own, 2 * seatsOfIdentity)) {
      if (key !== seatOf({ id, principal })) all += (stored.value as KeptFollowing).topics.length;
    }
    return all <= topicsOfIdentity;
  }

  async followersOf(tenant: string): Promise<Followers> {
    const prefix = tenantPrefix(tenant, 'live');
    const followers = new Map<string, Set<string>>();
    for (const { key } of await this.#list(prefix, Infinity)) {
      const [topic, id] = key.slice(prefix.length).split('/').map(read);
      followers.set(id!, (followers.get(id!) ?? new Set()).add(topic!));
    }
    return followers;
  }

  /** It has ended, and nothing of it stays. `seen`: topics under which it was found, whatever its entry says. */
  async leave(id: string, seen?: { readonly tenant: string; readonly topics: Iterable<string> }): Promise<void> {
    await this.#each(seen?.topics ?? [], (topic) => this.#remove(topicOf(seen!.tenant, topic, id)));
    const connection = await this.find(id);
    if (connection === undefined) return;
    const { topics = [] } = (await this.followingOf(connection)) ?? {};
    await this.#each(topics, (topic) => this.#remove(topicOf(connection.principal.tenant, topic, id)));
    await this.#remove(seatOf(connection));
    await this.#remove(keyOf(id));
  }

  /** Some news did not reach it. To be written down after they were lost: whoever tells it clears what it has read. */
  async noteMissed(id: string): Promise<void> {
    for (let tries = 0; tries < MOST_TRIES; tries += 1) {
      const connection = await this.find(id);
      if (connection === undefined) return;
      if (await this.change(connection, { ...connection.fate, hasMissed: true })) return;
    }
    throw new LedgerUnavailable('A connection changes all the time.');
  }

  /** Whether it was still as it was read. A change that changes nothing counts too: another may have read it since. */
  async change({ id, principal, connectedAtMs, version }: LiveConnection, fate: Fate): Promise<boolean> {
    const kept: Kept = { principal: { ...principal, scopes: [...principal.scopes] }, connectedAtMs, fate };
    return (await this.#swap(keyOf(id), version, kept)).kind === 'swapped';
  }

  async all(): Promise<LiveConnection[]> {
    const listed = await this.#list(connections, Infinity);
    return listed.map(({ key, stored }) => connectionOf(read(key.slice(connections.length)), stored));
  }

  async #list(prefix: EntryPrefix, most: number): Promise<{ key: string; stored: Stored }[]> {
    const all: { key: string; stored: Stored }[] = [];
    for (;;) {
      const asked = Math.min(PAGE, most - all.length);
      const page = asked > 0 ? await this.#keyValue.list(prefix, asked, all.at(-1)?.key) : [];
      all.push(...page);
      if (page.length < asked || asked <= 0) return all;
    }
  }

  async #swap(key: EntryKey, expected: number, value: unknown): Promise<Exclude<SwapResult, Failed>> {
    const purgeAtMs = this.#clock.nowMs() + KEPT_MS;
    const result = await this.#keyValue.swap(key, expected, { value, purgeAtMs });
    if (result.kind === 'failed') throw new LedgerUnavailable('An entry of a live connection was not written.');
    return result;
  }

  async #remove(key: EntryKey): Promise<void> {
    for (let tries = 0; tries < MOST_TRIES; tries += 1) {
      const stored = await this.#keyValue.get(key);
      if (stored === undefined) return;
      const { kind } = await this.#swap(key, stored.version, undefined);
      if (kind === 'swapped') return;
    }
  }

  async #each(topics: Iterable<string>, one: (topic: string) => Promise<unknown>): Promise<void> {
    await Promise.all(Array.from(topics, one));
  }
}

const connectionOf = (id: string, { value, version }: Stored): LiveConnection => {
  const { principal, connectedAtMs, fate } = value as Kept;
  return {
    id,
    principal: { ...principal, scopes: new Set(principal.scopes) } as Principal,
    connectedAtMs,
    fate,
    version,
  };
};

const full = (detail: string): Refusal => Refusal.until('rate-limited', detail, FREE_AGAIN_SECONDS);
