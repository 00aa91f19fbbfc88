/** Sweeps at intervals, and again at once while pages are full. A fault is counted and the next round tries again. */
import { namesOf } from '../core/names-of.ts';
import { installationKey } from '../core/entry-keys.ts';
import type { KeyValue, Log, Ports } from '../core/ports.ts';
import type { Rules } from '../core/rules.ts';
import type { SweepOptions } from '../core/sweep.ts';
import { sweep } from '../core/sweep.ts';

const PAGE = 200;

export interface SweeperOptions extends Pick<SweepOptions, 'isAlive'> {
  readonly ports: Ports;
  readonly rules: Rules;
  readonly everyMs: number;
  readonly log: Log;
}

export class Sweeper {
  lastAtMs: number | undefined;
  faults = 0;
  readonly #options: SweeperOptions;
  #isStopped = false;
  #cancel = (): void => undefined;
  #round: Promise<void>;

  constructor(options: SweeperOptions) {
    this.#options = options;
    this.#round = this.#sweep();
  }

  /** Resolves when the round that runs is over. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    this.#cancel();
    await this.#round;
  }

  async #sweep(): Promise<void> {
    const { ports, rules, everyMs, log, isAlive } = this.#options;
    try {
      for (let isFull = true; isFull && !this.#isStopped;) {
        const { looked, moved } = await sweep(ports, rules, { limit: PAGE, ...(isAlive && { isAlive }) });
        if (moved > 0) log.info('swept', { looked, moved });
        isFull = looked === PAGE && moved > 0;
      }
      await proveWrites(ports.keyValue);
      this.lastAtMs = ports.clock.nowMs();
    } catch (error) {
      this.faults += 1;
      log.error('sweep-failed', { ...namesOf(error), faults: this.faults });
    }
    if (this.#isStopped) return;
    this.#cancel = ports.clock.timer(everyMs, () => void (this.#round = this.#sweep()));
  }
}

/** An idle server shows too that its disk takes writes. Throws when it does not. */
async function proveWrites(keyValue: KeyValue): Promise<void> {
  if ((await keyValue.add(installationKey('sweeps'), { count: 1 })) === 'failed')
    throw new Error('The ledger takes no writes.');
}
