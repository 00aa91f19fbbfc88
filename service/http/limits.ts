/**
 * How much a tenant may ask: a rate, and so many requests under way. Nothing here knows which operation it was. Refusals are
 * answered at once while they are few; a client that asks on regardless gets each a second late, so that it is its own
 * connections that it keeps waiting and not the event loop. State is bounded: whoever was idle for long is like a new one.
 */
import type { Clock } from '../core/ports.ts';
import { sleep } from '../core/ports.ts';
import { Refusal } from '../core/refusal.ts';
import { SECOND } from '../core/rules.ts';
import type { Rate } from './bucket.ts';
import { Bucket } from './bucket.ts';
import type { Principal } from './principal.ts';

/** One request of a known tenant, from its head to its answer. */
export interface Entry {
  /** What it costs in all, as far as is known: what was not taken before is taken. Throws rate-limited. */
  readonly charge: (total: number) => void;
  /** What was thrown, once it may be answered. Whoever waits for it is to hold nothing of the request: it may have a body. */
  readonly answerable: (error: unknown) => unknown;
  /** The request has been answered, or nobody waits for its answer. */
  readonly leave: () => void;
  /** RateLimit and RateLimit-Policy as they stand; empty where the tenant has no rate. */
  readonly headers: () => Readonly<Record<string, string>>;
}

export interface Limits {
  /** Once per request, before anything else is done for it. */
  readonly enter: (principal: Principal) => Entry;
}

const FREE: Entry = {
  charge: () => undefined,
  answerable: (error) => error,
  leave: () => undefined,
  headers: () => ({}),
};

/** For a server that its owner alone can reach. */
export const noLimits: Limits = { enter: () => FREE };

export interface LimitsOptions {
  readonly clock: Clock;
  readonly rate: Rate;
  readonly mostUnderWay?: number;
}

/** Of a batch, which costs as much: no request costs more. */
export const MOST_TASKS_AT_ONCE = 100;

const MOST_UNDER_WAY = 1_000;
const REFUSED_AT_ONCE: Rate = { perSecond: 10, burst: 20 };
/** Half a second to one and a half, spread evenly: released together they would come again together. */
const HELD_MS = SECOND;
const GOLDEN = 0.618_033_988_75;
const MOST_HELD = 1_000;
/** Looks for idle ones no more often than when there are this many. */
const FEW_TENANTS = 1_000;

/** The same for every tenant, and each alone. */
export function tenantLimits({ clock, rate, mostUnderWay = MOST_UNDER_WAY }: LimitsOptions): Limits {
  const windowSeconds = Math.ceil(rate.burst / rate.perSecond);
  const terms = { clock, rate, mostUnderWay, policy: `"tenant";q=${rate.burst};w=${windowSeconds}` };
  const tenants = new Map<string, Allowance>();
  let forgetAt = FEW_TENANTS;
  const allowanceOf = (tenant: string): Allowance => {
    const known = tenants.get(tenant);
    if (known !== undefined) return known;
    if (tenants.size >= forgetAt) {
      for (const [name, allowance] of tenants) if (allowance.isIdle) tenants.delete(name);
      forgetAt = Math.max(FEW_TENANTS, 2 * tenants.size);
    }
    const allowance = new Allowance(terms);
    tenants.set(tenant, allowance);
    return allowance;
  };
  return { enter: ({ tenant }) => new Admitted(allowanceOf(tenant)) };
}

interface Terms extends Required<LimitsOptions> {
  readonly policy: string;
}

/** Of one tenant. */
class Allowance {
  readonly terms: Terms;
  readonly bucket: Bucket;
  readonly #refusals = new Bucket(REFUSED_AT_ONCE);
  /** Let in or not judged yet; refusals that wait are counted apart. */
  underWay = 0;
  #held = 0;
  #spread = 0;

  constructor(terms: Terms) {
    this.terms = terms;
    this.bucket = new Bucket(terms.rate);
  }

  get nowMs(): number {
    return this.terms.clock.monotonicMs();
  }

  get isCrowded(): boolean {
    return this.underWay > this.terms.mostUnderWay;
  }

  get isIdle(): boolean {
    return this.underWay + this.#held === 0 && this.bucket.fullInMs(this.nowMs) === 0;
  }

  /** Resolves when a refusal may leave; false when there are so many that its connection had better end. */
  async refusal(): Promise<boolean> {
    if (this.#refusals.take(1, this.nowMs)) return true;
    if (this.#held >= MOST_HELD) return false;
    this.#held += 1;
    this.underWay -= 1;
    this.#spread = (this.#spread + GOLDEN) % 1;
    await sleep(this.terms.clock, HELD_MS * (0.5 + this.#spread));
    this.#held -= 1;
    this.underWay += 1;
    return true;
  }
}

class Admitted implements Entry {
  readonly #allowance: Allowance;
  #taken = 0;
  /** What it takes when it is asked again, all of a batch, if it was refused. */
  #needed: number | undefined;
  /** Of the refusal, if it is one. */
  #waitSeconds = Infinity;
  #isLast = false;

  constructor(allowance: Allowance) {
    this.#allowance = allowance;
    allowance.underWay += 1;
  }

  charge(total: number): void {
    const { bucket, isCrowded, nowMs } = this.#allowance;
    if (this.#taken === 0 && isCrowded) this.#refuse(0, 'Too many requests of the tenant are under way.');
    if (total <= this.#taken) return;
    if (!bucket.take(total - this.#taken, nowMs)) this.#refuse(total, 'The rate of the tenant is used up.');
    this.#taken = total;
  }

  answerable(error: unknown): unknown {
    return this.#needed === undefined ? error : this.#late((error as Refusal).message, this.#needed);
  }

  leave(): void {
    this.#allowance.underWay -= 1;
  }

  headers(): Readonly<Record<string, string>> {
    const { bucket, terms, nowMs } = this.#allowance;
    const fullSeconds = Math.ceil(bucket.fullInMs(nowMs) / SECOND);
    const left = `"tenant";r=${bucket.left(nowMs)};t=${Math.min(fullSeconds, this.#waitSeconds)}`;
    return { RateLimit: left, 'RateLimit-Policy': terms.policy, ...(this.#isLast && { Connection: 'close' }) };
  }

  /** What was taken before stays so: it was read for. */
  #refuse(needed: number, detail: string): never {
    this.#needed = needed;
    throw new Refusal('rate-limited', detail);
  }

  async #late(detail: string, needed: number): Promise<Refusal> {
    const { bucket } = this.#allowance;
    this.#isLast = !(await this.#allowance.refusal());
    const refusal = Refusal.until('rate-limited', detail, bucket.missingMs(needed, this.#allowance.nowMs) / SECOND);
    this.#waitSeconds = refusal.retryAfterSeconds!;
    return refusal;
  }
}
