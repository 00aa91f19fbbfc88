/**
 * Those who use Holdfast in a seed: applications that submit, alone or in batches, until they have a receipt for each
 * task, and operators. What each does next is drawn from a stream of its own.
 */
import type { Desk } from '../core/operate.ts';
import { cancelTask, discardTask, redriveTask } from '../core/operate.ts';
import { LedgerUnavailable } from '../core/ports.ts';
import { Refusal } from '../core/refusal.ts';
import type { Receipt } from '../core/submit.ts';
import { submitAll } from '../core/submit.ts';
import type { LedgerTask, TaskKey } from '../core/task.ts';
import { nameOf } from './checker.ts';
import type { Site } from './cloud.ts';
import type { Basket, PlannedSubmission } from './plan.ts';
import { basketsOf } from './plan.ts';
import type { World } from './world.ts';

type OperatorMove = 'cancel' | 'redrive' | 'discard';
const OPERATIONS = { cancel: cancelTask, redrive: redriveTask, discard: discardTask };

export class Clients {
  readonly #world: World;
  readonly #site: Site;
  /** Redrives of a task that are asked for now. */
  readonly #redriving = new Map<string, number>();

  constructor(world: World, site: Site) {
    this.#world = world;
    this.#site = site;
    world.listeners.push(({ name, after }) => {
      if (name === 'announced') this.#considerDead(after);
    });
  }

  /** Answers how many tasks will be submitted. */
  submitSome(count: number, wanted?: ReadonlySet<number>): number {
    const baskets = basketsOf(this.#world, count, wanted);
    for (const basket of baskets) this.#world.time.after(basket.afterMs, () => void this.#submitUntilReceipts(basket));
    return baskets.reduce((sum, { submissions }) => sum + submissions.length, 0);
  }

  /** Runs something on a process that answers requests; undefined when that process dies under it. */
  async #ask<T>(client: string, work: (desk: Desk) => Promise<T>): Promise<T | undefined> {
    const { process, running } = this.#site.api(client);
    if (!process.isAlive) return undefined;
    return Promise.race([
      work({ ports: process.ports, rules: this.#world.rules, running }),
      process.died.then(() => undefined),
    ]);
  }

  /** One request; each receipt is held against what the ledger has told the process that gave it. */
  async #submit(client: string, submissions: readonly PlannedSubmission[]): Promise<readonly Receipt[] | undefined> {
    return this.#ask(client, async ({ ports, rules }) => {
      const told: string[] = [];
      const submit: typeof ports.ledger.submit = async (tasks) => {
        const results = await ports.ledger.submit(tasks);
        told.push(...results.map(({ kind }) => kind));
        return results;
      };
      const given = await submitAll({ ...ports, ledger: { ...ports.ledger, submit } }, rules, submissions);
      this.#judge(submissions, told, given);
      return given;
    });
  }

  /** One task that failed is no reason to fail another, and neither is a bell that could not be rung. [S1] */
  #judge(submissions: readonly PlannedSubmission[], told: readonly string[], given: readonly Receipt[]): void {
    const world = this.#world;
    for (const [i, submission] of submissions.entries()) {
      const [was, is] = [told[i], given[i]?.kind];
      const fits = was === 'created' ? is === 'accepted' : was === 'failed' ? is === 'failed' : is !== 'accepted';
      world.checker.expect(fits, 'S1', [submission, `the ledger said ${was}, the client was told ${is}`]);
      if (is === 'accepted' && world.faults.isOut('queue-down')) world.fact('submit accepted while the queue was down');
    }
    const failed = given.filter(({ kind }) => kind === 'failed').length;
    if (failed > 0 && failed < given.length) world.fact('batch accepted in part');
  }

  async #submitUntilReceipts({ client, submissions }: Omit<Basket, 'afterMs'>): Promise<void> {
    const { time } = this.#world;
    const random = this.#world.stream(client);
    const [first] = submissions;
    const twice = submissions.length > 1 && random.chance(0.1) ? [...submissions, first!] : submissions;
    const receipts = await this.#submit(client, twice);
    if (receipts && twice !== submissions) this.#checkTwice(first!, [receipts[0]!, receipts.at(-1)!]);
    const left = submissions.filter((submission, i) => !this.#received(submission, receipts?.[i]));
    if (left.length === 0) return;
    time.after(random.between(500, 3_000), () => void this.#submitUntilReceipts({ client, submissions: left }));
  }

  /** The same request twice in one batch: one item. [S16] */
  #checkTwice(key: TaskKey, [one, other]: [Receipt, Receipt]): void {
    if (one.kind === 'failed') return;
    this.#world.fact('same request twice in one batch');
    this.#expect(['replayed', 'failed'].includes(other.kind), key, `the same again in one batch was ${other.kind}`);
  }

  #received(submission: PlannedSubmission, receipt: Receipt | undefined): boolean {
    if (receipt === undefined || receipt.kind === 'failed') return false;
    const { time, accepted } = this.#world;
    const { tenant, taskId } = submission;
    const random = this.#world.stream(`client of ${nameOf(submission)}`);
    this.#expect(receipt.kind !== 'conflict', submission, 'its own request was a conflict');
    accepted.set(nameOf(submission), { tenant, taskId });
    this.#world.tell({ who: 'client', what: 'receipt', tenant, taskId, detail: receipt.kind });
    if (random.chance(0.15)) time.after(random.between(0, 200_000), () => void this.#submitAgain(submission));
    if (random.chance(0.15)) time.after(random.between(0, 60_000), () => void this.#operate('cancel', submission));
    return true;
  }

  /** The same request again, and another request under the same id. [S16] */
  async #submitAgain(submission: PlannedSubmission): Promise<void> {
    const client = `again ${nameOf(submission)}`;
    const [same] = (await this.#submit(client, [submission])) ?? [];
    this.#expect(same === undefined || ['replayed', 'failed'].includes(same.kind), submission, 'no replay');
    const { payload } = submission as { payload: object };
    const [other] = (await this.#submit(client, [{ ...submission, payload: { ...payload, other: true } }])) ?? [];
    this.#expect(other === undefined || ['conflict', 'failed'].includes(other.kind), submission, 'no conflict');
  }

  #expect(holds: boolean, key: TaskKey, what: string): void {
    this.#world.checker.expect(holds, 'S16', [key, what]);
  }

  #considerDead(task: LedgerTask): void {
    const { time } = this.#world;
    if (task.budgetBase > 0) return;
    const random = this.#world.stream(`operator of ${nameOf(task)}`);
    const choice = random.uniform();
    const afterMs = random.between(1_000, 60_000);
    if (choice < 0.35) time.after(afterMs, () => void this.#operate('redrive', task));
    if (choice < 0.15) time.after(afterMs, () => void this.#operate('redrive', task));
    if (choice > 0.8) time.after(afterMs, () => void this.#operate('discard', task));
  }

  async #operate(move: OperatorMove, { tenant, taskId }: TaskKey): Promise<void> {
    const key = { tenant, taskId };
    const tell = (what: string) => this.#world.tell({ who: 'operator', what: `${move}-${what}`, ...key });
    const name = nameOf(key);
    const beside = this.#redriving.get(name) ?? 0;
    if (move === 'redrive') this.#redriving.set(name, beside + 1);
    if (move === 'redrive' && beside > 0) this.#world.fact('two redrives at once');
    tell('asked');
    try {
      const operator = { subject: 'operator', reason: 'simulated' };
      const task = await this.#ask(`operator of ${name}`, (desk) => OPERATIONS[move](desk, key, operator));
      if (task && move === 'cancel') this.#world.checker.cancelConfirmed(task);
      tell(task ? 'answered' : 'unanswered');
    } catch (error) {
      // The door's part: a refusal is an answer, an unavailable ledger a 503.
      if (!(error instanceof Refusal || error instanceof LedgerUnavailable)) throw error;
      tell(error instanceof Refusal ? `refused: ${error.code}` : 'unavailable');
    }
    if (move === 'redrive') this.#redriving.set(name, this.#redriving.get(name)! - 1);
  }
}
