/**
 * A process that can die at any of its calls. Every call that it makes is counted; the one that its fate names is its last:
 * not made, or made and never answered. Of a dead process nothing happens any more: its calls hang and its timers are gone.
 */
import type { Clock } from '../../core/ports.ts';
import type { VirtualTime } from '../virtual-time.ts';

export interface Crash {
  /** From 1, over all processes of a run. */
  readonly call: number;
  readonly when: 'before' | 'after';
}

/** Counts the calls of one run, and says at which of them somebody dies. */
export class Fate {
  /** What was called, in order: who, port and method. */
  readonly calls: string[] = [];
  readonly #crash: Crash | undefined;

  constructor(crash?: Crash) {
    this.#crash = crash;
  }

  next(site: string): Crash['when'] | undefined {
    const call = this.calls.push(site);
    return call === this.#crash?.call ? this.#crash.when : undefined;
  }

  get hasStruck(): boolean {
    return this.#crash !== undefined && this.calls.length >= this.#crash.call;
  }
}

/** Nobody is left to catch it but code of the dead. */
class Gone extends Error {
  override readonly name = 'Gone';
}

/** What a process needs of the run it is in. */
export interface Place {
  readonly fate: Fate;
  readonly time: VirtualTime;
  after(ms: number, run: () => void): () => void;
  waitFor(request: Promise<unknown>): void;
}

const never = (): Promise<never> => new Promise(() => undefined);

export class Mortal {
  readonly name: string;
  readonly died: Promise<undefined>;
  readonly clock: Clock;
  isAlive = true;
  readonly #place: Place;
  readonly #die: () => void;

  /** `onDeath` is told when the last call has been made. */
  constructor(name: string, place: Place, onDeath: () => void) {
    this.name = name;
    this.#place = place;
    const { promise, resolve } = Promise.withResolvers<undefined>();
    this.died = promise;
    this.#die = () => {
      onDeath();
      resolve(undefined);
    };
    const { time } = place;
    this.clock = {
      nowMs: () => time.nowMs,
      monotonicMs: () => time.nowMs,
      timer: (ms, callback) => place.after(ms, () => this.isAlive && callback()),
    };
  }

  die(): void {
    if (!this.isAlive) return;
    this.isAlive = false;
    this.#die();
  }

  /** One call of this process. `counts`: it is one that the fate knows. */
  call<T>(site: string, make: () => Promise<T>, counts = true): Promise<T> {
    if (!this.isAlive) return never();
    const crash = counts ? this.#place.fate.next(`${this.name} ${site}`) : undefined;
    if (crash === 'before') {
      this.die();
      return never();
    }
    // From now on, so that nothing which is called beside it is made.
    if (crash === 'after') this.isAlive = false;
    const made = make();
    this.#place.waitFor(counts ? made : Promise.race([made, this.died]));
    if (crash === 'after') made.then(this.#die, this.#die);
    const answered = <V>(value: V): V | Promise<never> => (this.isAlive ? value : never());
    return made.then(answered, (error: unknown) => {
      if (this.isAlive) throw error;
      return never();
    });
  }

  /** One that is answered at once, or never: then whoever waits is thrown out. */
  callAtOnce<T>(site: string, make: () => T): T {
    if (!this.isAlive) throw new Gone();
    const crash = this.#place.fate.next(`${this.name} ${site}`);
    const made = crash === 'before' ? undefined : make();
    if (crash === undefined) return made as T;
    this.die();
    throw new Gone();
  }

  /** The object through which this process makes these calls, or all; each answers with a promise. */
  guarded<P extends object>(name: string, port: P, { only, counts, siteOf }: Guard = {}): P {
    return new Proxy(port, {
      get: (target, method) => {
        const member: unknown = Reflect.get(target, method, target);
        if (typeof member !== 'function') return member;
        const make = member.bind(target) as (...args: unknown[]) => Promise<unknown>;
        if (only !== undefined && !only.includes(String(method))) return make;
        return (...args: unknown[]) => {
          const site = siteOf?.(args[0]) ?? String(method);
          return this.call(`${name}.${site}`, () => make(...args), counts);
        };
      },
    });
  }
}

export interface Guard {
  readonly only?: readonly string[];
  readonly counts?: boolean;
  /** What a call is named after, when that is not its method. */
  readonly siteOf?: (argument: unknown) => string;
}
