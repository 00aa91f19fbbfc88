/**
 * What was injected into the tasks of each tenant, and what was put right: held back in memory, and added to what all processes
 * have counted within a second. What a process had not added when it ended is missing.
 */
import type { InjectedFaults, RecoveredFaults } from '@holdfast/api/types';
import { tenantKey } from '../core/entry-keys.ts';
import type { Clock, KeyValue } from '../core/ports.ts';
import { SECOND } from '../core/rules.ts';

export type FaultCounter = keyof InjectedFaults | keyof RecoveredFaults;
type Counted = Partial<Record<FaultCounter, number>>;

const ADD_WITHIN_MS = SECOND;

export class FaultCounts {
  readonly #keyValue: KeyValue;
  readonly #clock: Clock;
  #held = new Map<string, Counted>();
  #cancel: (() => void) | undefined;
  #flushed: Promise<void> = Promise.resolve();

  constructor({ keyValue, clock }: { readonly keyValue: KeyValue; readonly clock: Clock }) {
    this.#keyValue = keyValue;
    this.#clock = clock;
  }

  count(tenant: string, counter: FaultCounter, by = 1): void {
    this.#hold(tenant, { [counter]: by });
    this.#cancel ??= this.#clock.timer(ADD_WITHIN_MS, () => void this.flush());
  }

  /** Resolves when all that was counted before has been added. Never rejects: what could not be added is held. */
  flush(): Promise<void> {
    this.#cancel?.();
    this.#cancel = undefined;
    return (this.#flushed = this.#flushed.then(() => this.#addHeld()));
  }

  /** Of all processes. Throws LedgerUnavailable. */
  async read(tenant: string): Promise<Counted> {
    await this.flush();
    const stored = await this.#keyValue.get(keyOf(tenant));
    return stored?.value ?? {};
  }

  async #addHeld(): Promise<void> {
    const held = this.#held;
    this.#held = new Map();
    await Promise.all(
      Array.from(held, async ([tenant, counted]) => {
        const added = await this.#keyValue.add(keyOf(tenant), counted);
        if (added === 'failed') this.#hold(tenant, counted);
      }),
    );
  }

  #hold(tenant: string, counted: Counted): void {
    const held: Record<string, number> = this.#held.get(tenant) ?? {};
    for (const [counter, by] of Object.entries(counted)) held[counter] = (held[counter] ?? 0) + by;
    this.#held.set(tenant, held);
  }
}

const keyOf = (tenant: string) => tenantKey(tenant, 'fault-counts');
