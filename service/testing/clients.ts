/** Those who use Holdfast in a seed: applications that submit until they have a receipt, and operators. */
import type { Desk } from '../core/operate.ts';
import { cancelTask, discardTask, redriveTask } from '../core/operate.ts';
import { LedgerUnavailable } from '../core/ports.ts';
import { Refusal } from '../core/refusal.ts';
import type { Receipt, Submission } from '../core/submit.ts';
import { submitAll } from '../core/submit.ts';
import type { LedgerTask, TaskKey } from '../core/task.ts';
import type { Site } from './cloud.ts';
import type { Script } from './scripts.ts';
import { SCRIPTS } from './scripts.ts';
import type { World } from './world.ts';

const TENANTS = ['alpha', 'beta'];

/** How often each script is chosen, of 100. */
const MIX: readonly (readonly [Script, number])[] = [
  ['fine', 40],
  ['transient', 15],
  ['permanent', 4],
  ['exhausted', 6],
  ['slow', 6],
  ['sliced', 5],
  ['huge', 2],
  ['patient', 3],
  ['crash', 3],
  ['long', 5],
  ['hang', 2],
  ['block', 2],
  ['sluggish', 3],
  ['ghost', 2],
  ['late', 2],
];

interface Planned {
  readonly submission: Submission & { taskId: string };
  readonly afterMs: number;
}

export class Clients {
  readonly #world: World;
  readonly #site: Site;

  constructor(world: World, site: Site) {
    this.#world = world;
    this.#site = site;
    world.listeners.push(({ name, after }) => {
      if (name === 'announced') this.#considerDead(after);
    });
  }

  /** Plans `count` tasks over the first two minutes, and submits those of them that are `wanted`; answers how many. */
  submitSome(count: number, wanted?: ReadonlySet<number>): number {
    const planned = this.#planned(count).filter((_, i) => wanted?.has(i) ?? true);
    for (const { submission, afterMs } of planned) {
      this.#world.time.after(afterMs, () => void this.#submitUntilReceipt(submission));
    }
    return planned.length;
  }

  #planned(count: number): Planned[] {
    const { random } = this.#world;
    const planned: Planned[] = [];
    const plan = (submission: Planned['submission']) =>
      planned.push({ submission, afterMs: random.between(0, 120_000) });
    for (let i = 0; i < count; i += 1) {
      const submission = this.#submission(i);
      plan(submission);
      if (i + 1 === count || !random.chance(0.3)) continue;
      // The other tenant chooses the same id for something else, at about the same time. [S14]
      i += 1;
      plan({ ...this.#submission(i, submission.tenant), taskId: submission.taskId });
    }
    return planned;
  }

  #submission(i: number, butNotOf?: string): Submission & { taskId: string } {
    const { random } = this.#world;
    const tenant = random.pick(TENANTS.filter((each) => each !== butNotOf));
    const script = this.#pickScript();
    const scheduled = random.chance(0.2) ? { delaySeconds: random.pick([5, 60, 700, 1_500]) } : {};
    return {
      tenant,
      taskId: `t${i}-${script}`,
      type: SCRIPTS[script],
      payloadVersion: 1,
      payload: { script, tenant },
      ...scheduled,
    };
  }

  #pickScript(): Script {
    let left = this.#world.random.uniform() * 100;
    for (const [script, share] of MIX) if ((left -= share) < 0) return script;
    return 'fine';
  }

  /** Runs something on a process that answers requests; undefined when that process dies under it. */
  async #ask<T>(work: (desk: Desk) => Promise<T>): Promise<T | undefined> {
    const { process, running } = this.#site.api();
    if (!process.isAlive) return undefined;
    return Promise.race([
      work({ ports: process.ports, rules: this.#world.rules, running }),
      process.died.then(() => undefined),
    ]);
  }

  async #submit(submission: Submission): Promise<Receipt | undefined> {
    const receipts = await this.#ask(({ ports, rules }) => submitAll(ports, rules, [submission]));
    return receipts?.[0];
  }

  async #submitUntilReceipt(submission: Submission & { taskId: string }): Promise<void> {
    const { time, random, accepted } = this.#world;
    const receipt = await this.#submit(submission);
    if (receipt === undefined || receipt.kind === 'failed') {
      time.after(random.between(500, 3_000), () => void this.#submitUntilReceipt(submission));
      return;
    }
    this.#expect(receipt.kind !== 'conflict', submission, 'its own request was a conflict');
    accepted.set(`${submission.tenant}/${submission.taskId}`, submission);
    this.#world.note(`client has the receipt of ${submission.tenant}/${submission.taskId}`);
    if (random.chance(0.15)) time.after(random.between(0, 200_000), () => void this.#submitAgain(submission));
    if (random.chance(0.15)) time.after(random.between(0, 60_000), () => void this.#operate('cancel', submission));
  }

  /** The same request again, and another request under the same id. [S16] */
  async #submitAgain(submission: Submission & { taskId: string }): Promise<void> {
    const same = await this.#submit(submission);
    this.#expect(same === undefined || ['replayed', 'failed'].includes(same.kind), submission, 'no replay');
    const { payload } = submission as { payload: object };
    const other = await this.#submit({ ...submission, payload: { ...payload, other: true } });
    this.#expect(other === undefined || ['conflict', 'failed'].includes(other.kind), submission, 'no conflict');
  }

  #expect(holds: boolean, { taskId }: { taskId: string }, what: string): void {
    if (!holds) this.#world.checker.violations.push({ invariant: 'S16', taskId, what });
  }

  #considerDead(task: LedgerTask): void {
    const { random, time } = this.#world;
    const choice = random.uniform();
    const afterMs = random.between(1_000, 60_000);
    if (task.budgetBase > 0) return;
    if (choice < 0.35) time.after(afterMs, () => void this.#operate('redrive', task));
    if (choice < 0.15) time.after(afterMs, () => void this.#operate('redrive', task));
    if (choice > 0.8) time.after(afterMs, () => void this.#operate('discard', task));
  }

  async #operate(move: 'cancel' | 'redrive' | 'discard', key: TaskKey): Promise<void> {
    const operate = { cancel: cancelTask, redrive: redriveTask, discard: discardTask }[move];
    try {
      await this.#ask((desk) => operate(desk, key, { subject: 'operator', reason: 'simulated' }));
      this.#world.note(`operator got ${move} of ${key.tenant}/${key.taskId}`);
    } catch (error) {
      // The door's part: a refusal is an answer, an unavailable ledger a 503.
      if (!(error instanceof Refusal || error instanceof LedgerUnavailable)) throw error;
    }
  }
}
