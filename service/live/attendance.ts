/**
 * Who sits at the channel: so many of one identity, of one tenant and in all, so that no tenant can fill it alone. Each
 * sits only as long as its identity stands: until it expires, until an operation of this server ends it, or until a look
 * finds that another process has.
 */
import { namesOf } from '../core/names-of.ts';
import type { Clock, Log } from '../core/ports.ts';
import { Refusal } from '../core/refusal.ts';
import { MINUTE, SECOND } from '../core/rules.ts';
import type { Identity } from '../http/identity/identity.ts';
import type { Principal } from '../http/principal.ts';
import { unauthenticated } from '../http/tickets.ts';
import { Seat } from './seat.ts';

export const LOOK_EVERY_MS = 10 * SECOND;
/** Looks without an answer close nobody for so long: an outage shall not end who stands, nor keep who does not for ever. */
const UNANSWERED_AT_MOST_MS = 5 * MINUTE;
/** Identities asked about at once; between them the server does something else. */
const AT_ONCE = 50;

export interface AttendanceLimits {
  readonly seats: number;
  readonly seatsOfTenant: number;
  readonly seatsOfIdentity: number;
  /** Over all its connections. */
  readonly topicsOfIdentity: number;
}

export const ATTENDANCE_LIMITS: AttendanceLimits = {
  ...{ seats: 10_000, seatsOfTenant: 2_000, seatsOfIdentity: 200, topicsOfIdentity: 1_000 },
};

export interface AttendanceOptions {
  readonly identity: Identity;
  readonly clock: Clock;
  readonly log: Log;
  readonly limits: AttendanceLimits;
}

type Name = Pick<Principal, 'tenant' | 'subject'>;

/** A tenant has no line break. */
const nameOf = ({ tenant, subject }: Name): string => `${tenant}\n${subject}`;

/** Whoever reaches a server without identities is its owner, bounded by all seats alone. */
const isBounded = ({ kind }: Principal): boolean => kind !== 'local';

export class Attendance {
  readonly #options: AttendanceOptions;
  readonly #parties = new Map<string, Set<Seat>>();
  /** Seats of bounded identities. */
  readonly #ofTenant = new Map<string, number>();
  #taken = 0;
  #isLooking = false;

  constructor(options: AttendanceOptions) {
    this.#options = options;
    options.identity.onEnded((ended) => endAll(this.#partyOf(ended)));
  }

  #partyOf(name: Name): ReadonlySet<Seat> {
    return this.#parties.get(nameOf(name)) ?? new Set();
  }

  /** Throws too-many-viewers. */
  refuseWhenFull(): void {
    if (this.#taken < this.#options.limits.seats) return;
    throw new Refusal('too-many-viewers', 'No more connections are served.');
  }

  /**
   * A seat that is to be given back by `leave`, and that may have ended already. Throws too-many-viewers, rate-limited, and
   * what asking for an identity throws.
   */
  async admit(principal: Principal): Promise<Seat> {
    const seat = this.#take(principal);
    try {
      if (!(await this.#options.identity.stands(principal))) end(seat);
      return seat;
    } catch (error) {
      this.leave(seat);
      throw error;
    }
  }

  /** Before anything is waited for: of many at once none gets in beyond the limits, and an end meanwhile is not missed. */
  #take(principal: Principal): Seat {
    this.refuseWhenFull();
    if (isBounded(principal)) this.#refuseTooMany(principal);
    const party = this.#parties.get(nameOf(principal)) ?? new Set();
    const seat = new Seat(principal, (asking, topics) => this.#mayFollow(asking, topics));
    this.#parties.set(nameOf(principal), party.add(seat));
    this.#count(principal, 1);
    this.#endInTime(seat);
    return seat;
  }

  /** Again changes nothing. */
  leave(seat: Seat): void {
    const { principal } = seat;
    const party = this.#parties.get(nameOf(principal));
    if (!party?.delete(seat)) return;
    seat.callOff();
    this.#count(principal, -1);
    if (party.size === 0) this.#parties.delete(nameOf(principal));
  }

  #refuseTooMany(principal: Principal): void {
    const { seatsOfIdentity, seatsOfTenant } = this.#options.limits;
    if (this.#partyOf(principal).size >= seatsOfIdentity) {
      throw new Refusal('rate-limited', `One identity has at most ${seatsOfIdentity} live connections.`);
    }
    if ((this.#ofTenant.get(principal.tenant) ?? 0) >= seatsOfTenant) {
      throw new Refusal('rate-limited', `One tenant has at most ${seatsOfTenant} live connections.`);
    }
  }

  #mayFollow({ principal, topics: before }: Seat, topics: number): boolean {
    if (!isBounded(principal)) return true;
    let all = topics - before;
    for (const seat of this.#partyOf(principal)) all += seat.topics;
    return all <= this.#options.limits.topicsOfIdentity;
  }

  #count(principal: Principal, by: number): void {
    this.#taken += by;
    if (!isBounded(principal)) return;
    const count = (this.#ofTenant.get(principal.tenant) ?? 0) + by;
    if (count > 0) this.#ofTenant.set(principal.tenant, count);
    else this.#ofTenant.delete(principal.tenant);
  }

  /** At once when it has expired, on time when it does before the next look. */
  #endInTime(seat: Seat): void {
    const { expiresAtMs } = seat.principal;
    const { clock } = this.#options;
    const leftMs = (expiresAtMs ?? Infinity) - clock.nowMs();
    seat.callOff();
    if (leftMs <= 0) end(seat);
    else if (leftMs <= LOOK_EVERY_MS) seat.callOff = clock.timer(leftMs, () => this.#endInTime(seat));
  }

  /** Every 10 s. Asks once for each identity, however many connections it has; one look at a time. */
  async look(): Promise<void> {
    for (const party of this.#parties.values()) for (const seat of party) this.#endInTime(seat);
    if (this.#isLooking) return;
    this.#isLooking = true;
    const identities = [...this.#parties.values()].flatMap(distinct);
    const unanswered: unknown[] = [];
    for (let i = 0; i < identities.length; i += AT_ONCE) {
      const asked = identities.slice(i, i + AT_ONCE).map((seats) => this.#ask(seats));
      unanswered.push(...(await Promise.all(asked)).filter((error) => error !== undefined));
      await this.#breath();
    }
    this.#isLooking = false;
    if (unanswered.length === 0) return;
    this.#options.log.warn('live-identities-unknown', {
      looked: identities.length,
      faults: unanswered.length,
      ...namesOf(unanswered[0]),
    });
  }

  #breath(): Promise<void> {
    return new Promise((resolve) => void this.#options.clock.timer(0, resolve));
  }

  /** Why there is no answer, or undefined. */
  async #ask(seats: readonly Seat[]): Promise<unknown> {
    try {
      const { identity } = this.#options;
      const stands = await identity.stands(seats[0]!.principal);
      for (const seat of seats) seat.unansweredSinceMs = undefined;
      if (!stands) endAll(seats);
      return undefined;
    } catch (error) {
      if (error instanceof Refusal && error.code === 'unauthenticated') {
        endAll(seats);
        return undefined;
      }
      for (const seat of seats) this.#bear(seat);
      return error;
    }
  }

  #bear(seat: Seat): void {
    const nowMs = this.#options.clock.monotonicMs();
    seat.unansweredSinceMs ??= nowMs;
    if (nowMs - seat.unansweredSinceMs >= UNANSWERED_AT_MOST_MS) seat.end(1011, 'identity unknown');
  }
}

/** Throws unauthenticated. */
export function refuseWhenEnded(seat: Seat): void {
  if (seat.hasEnded) throw unauthenticated();
}

const end = (seat: Seat): void => seat.end(1008, 'identity ended');

function endAll(seats: Iterable<Seat>): void {
  for (const seat of [...seats]) end(seat);
}

/** One subject may have several tokens, which are told apart by when they expire, and a key two secrets. */
const distinct = (party: ReadonlySet<Seat>): Seat[][] => [
  ...Map.groupBy(party, ({ principal: { expiresAtMs, credential } }) => `${expiresAtMs} ${credential}`).values(),
];
