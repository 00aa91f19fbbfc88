/**
 * The writes of one server: those of one moment share a commit, which succeeds as a whole, fails as a whole, or is done
 * again one by one because one item failed. What is asked for meanwhile goes into the next one. Answers follow the commit.
 */
import type { CallFault } from './faults.ts';
import type { Call, SimulatedProcess } from './simulated-process.ts';
import { SERVER_CALL_FAULTS, slownessMs } from './simulated-process.ts';

interface Waiting {
  readonly about: string;
  readonly apply: () => void;
  readonly refuse: () => void;
  readonly answer: () => void;
}

export class SimulatedCommits {
  readonly #process: SimulatedProcess;
  #waiting: Waiting[] = [];
  #isCommitting = false;

  constructor(process: SimulatedProcess) {
    this.#process = process;
  }

  write<T>({ apply, failed, about = '' }: Pick<Call<T>, 'apply' | 'failed' | 'about'>): Promise<T> {
    const { promise, resolve } = Promise.withResolvers<T>();
    if (!this.#process.isAlive) return promise;
    this.#process.world.calls += 1;
    let result: T;
    this.#waiting.push({
      about,
      apply: () => void (result = apply()),
      refuse: () => void (result = failed()),
      answer: () => resolve(result),
    });
    // After everything else of this moment: all that it asks for goes together.
    if (this.#waiting.length === 1) this.#process.after(0, () => this.#commit());
    return promise;
  }

  #commit(): void {
    if (this.#isCommitting || this.#waiting.length === 0) return;
    const { world } = this.#process;
    const writes = this.#waiting;
    this.#waiting = [];
    this.#isCommitting = true;
    const struck = writes.map(({ about }) => world.faults.ofCall(SERVER_CALL_FAULTS, about));
    const fault: CallFault | undefined = struck.find((each) => each !== undefined);
    if (fault === 'crash-before-call') {
      this.#process.crash();
      return;
    }
    const random = world.stream(`commits of ${this.#process.name}`);
    const lastsMs = random.between(2, 20) + (fault === 'slow-call' ? random.between(500, 3_000) : 0);
    this.#process.after(lastsMs + slownessMs(world, random), () => {
      this.#write(writes);
      if (fault === 'crash-after-call') this.#process.crash();
      else for (const { answer } of writes) answer();
      this.#isCommitting = false;
      this.#process.after(0, () => this.#commit());
    });
  }

  #write(writes: readonly Waiting[]): void {
    const { world } = this.#process;
    const fails = world.faults.strikes('commit-fails', writes[0]!.about);
    const culprit = fails && world.stream('culprits').chance(0.5) ? writes[0] : undefined;
    if (world.faults.isOut('disk-full') || (fails && culprit === undefined)) {
      if (writes.length > 1) world.fact('commit failed for all');
      for (const { refuse } of writes) refuse();
      return;
    }
    if (culprit && writes.length > 1) world.fact('commit failed for one item');
    for (const write of writes)
      if (write === culprit) write.refuse();
      else write.apply();
  }
}
