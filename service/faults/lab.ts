/**
 * The faults of each tenant, kept so that all processes obey them within a second, and in memory so that a task asks nobody. They
 * end by themselves. A ledger that cannot say which are on changes nothing: what was known goes on.
 */
import type { FaultLab, FaultSettings, FieldError, InjectedFaults, RecoveredFaults } from '@holdfast/api/types';
import { tenantKey } from '../core/entry-keys.ts';
import type { Clock, KeyValue, Random } from '../core/ports.ts';
import { LedgerUnavailable } from '../core/ports.ts';
import { Refusal } from '../core/refusal.ts';
import { SECOND } from '../core/rules.ts';
import type { FaultCounter } from './fault-counts.ts';
import { FaultCounts } from './fault-counts.ts';
import type { Faults } from './settings.ts';
import { complete, isNothing } from './settings.ts';

const READ_AGAIN_MS = SECOND;
const MOST_TRIES = 8;

export interface LabParts {
  /** Never one that faults befall. */
  readonly keyValue: KeyValue;
  readonly clock: Clock;
  readonly random: Pick<Random, 'uniform'>;
  readonly hasType: (type: string) => boolean;
}

interface On {
  readonly faults: Faults;
  readonly endsAtMs: number;
}

interface Known {
  /** Monotonic. */
  readonly readAtMs: number;
  readonly on: On | undefined;
}

const NO_INJECTED: InjectedFaults = {
  failures: 0,
  delays: 0,
  crashes: 0,
  bellsLost: 0,
  bellsDuplicated: 0,
  ledgerRefusals: 0,
  ledgerRepliesLost: 0,
};
const NO_RECOVERED: RecoveredFaults = { retried: 0, rungAgain: 0, reaped: 0 };

export class Lab {
  readonly #parts: LabParts;
  readonly #counts: FaultCounts;
  readonly #known = new Map<string, Known>();
  readonly #readings = new Map<string, Promise<void>>();

  constructor(parts: LabParts) {
    this.#parts = parts;
    this.#counts = new FaultCounts(parts);
  }

  /** Before `on` is asked: what it says is then at most a second old. */
  async look(tenants: Iterable<string>): Promise<void> {
    await Promise.all(Array.from(new Set(tenants), (tenant) => this.#refresh(tenant)));
  }

  /** As far as this process knows. */
  on(tenant: string): Faults | undefined {
    return this.#current(this.#known.get(tenant)?.on)?.faults;
  }

  strikes(rate: number): boolean {
    return rate > 0 && this.#parts.random.uniform() < rate;
  }

  count(tenant: string, counter: FaultCounter, by = 1): void {
    this.#counts.count(tenant, counter, by);
  }

  /** Whatever was counted is then kept. Never rejects. */
  flush(): Promise<void> {
    return this.#counts.flush();
  }

  /** Throws LedgerUnavailable. */
  async read(tenant: string): Promise<FaultLab> {
    const counted = await this.#counts.read(tenant);
    const on = this.#current(await this.#stored(tenant));
    return {
      faults: shown(on?.faults ?? complete({})),
      endsAt: on === undefined ? null : new Date(on.endsAtMs).toISOString(),
      injected: only(NO_INJECTED, counted),
      recovered: only(NO_RECOVERED, counted),
    };
  }

  /** Resolves when they are kept and this process obeys. Throws a validation refusal, and LedgerUnavailable. */
  async replace(tenant: string, settings: FaultSettings): Promise<FaultLab> {
    const faults = complete(settings);
    this.#refuseUnknown(faults);
    const endsAtMs = this.#parts.clock.nowMs() + faults.endsAfterSeconds * SECOND;
    const on = isNothing(faults) ? undefined : { faults, endsAtMs };
    await this.#keep(tenant, on);
    this.#known.set(tenant, { readAtMs: this.#parts.clock.monotonicMs(), on });
    return this.read(tenant);
  }

  #refuseUnknown({ types }: Faults): void {
    const names = types.map(({ type }) => type);
    const errors: FieldError[] = names.flatMap((type, i) => {
      const pointer = `/types/${i}/type`;
      if (names.indexOf(type) < i) return { pointer, message: 'has its faults already' };
      return this.#parts.hasType(type) ? [] : { pointer, message: 'is no task type of this installation' };
    });
    if (errors.length === 0) return;
    const detail = errors.length === 1 ? 'One field is wrong.' : `${errors.length} fields are wrong.`;
    throw new Refusal('validation', detail, errors);
  }

  async #keep(tenant: string, on: On | undefined): Promise<void> {
    const { keyValue } = this.#parts;
    const key = keyOf(tenant);
    for (let tries = 0; tries < MOST_TRIES; tries += 1) {
      const expected = (await keyValue.get(key))?.version ?? 0;
      if (expected === 0 && on === undefined) return;
      const result = await keyValue.swap(key, expected, { value: on, ...(on && { purgeAtMs: on.endsAtMs }) });
      if (result.kind === 'swapped') return;
      if (result.kind === 'failed') break;
    }
    throw new LedgerUnavailable('The faults could not be kept.');
  }

  #current(on: On | undefined): On | undefined {
    return on !== undefined && this.#parts.clock.nowMs() < on.endsAtMs ? on : undefined;
  }

  async #stored(tenant: string): Promise<On | undefined> {
    return (await this.#parts.keyValue.get(keyOf(tenant)))?.value as On | undefined;
  }

  async #refresh(tenant: string): Promise<void> {
    const known = this.#known.get(tenant);
    if (known && this.#parts.clock.monotonicMs() - known.readAtMs < READ_AGAIN_MS) return;
    if (!this.#readings.has(tenant)) {
      const reading = this.#readAgain(tenant, known).finally(() => this.#readings.delete(tenant));
      this.#readings.set(tenant, reading);
    }
    await this.#readings.get(tenant);
  }

  async #readAgain(tenant: string, known: Known | undefined): Promise<void> {
    const readAtMs = this.#parts.clock.monotonicMs();
    let on = known?.on;
    try {
      on = await this.#stored(tenant);
    } catch (error) {
      if (!(error instanceof LedgerUnavailable)) throw error;
    }
    // Whoever replaced them meanwhile knows better.
    if (this.#known.get(tenant) === known) this.#known.set(tenant, { readAtMs, on });
  }
}

const keyOf = (tenant: string) => tenantKey(tenant, 'faults');

const shown = ({ types, ...rest }: Faults): FaultSettings => ({ ...rest, types: [...types] });

const only = <T extends object>(none: T, counted: object): T =>
  Object.fromEntries(
    Object.keys(none).map((name) => [name, (counted as Record<string, number>)[name] ?? 0]),
  ) as unknown as T;
