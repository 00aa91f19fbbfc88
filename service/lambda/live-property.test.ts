import type { Task } from '@holdfast/api/types';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Posted } from '../aws/gateway.ts';
import { messageIn } from '../testing/live-client.ts';
import { batchOf, GivenConnections, taskOf } from '../testing/given-connections.ts';
import { keyOf } from '../testing/given-identity.ts';

const ANNA = keyOf('acme', 'key:anna');
const TASKS = ['a', 'b', 'c', 'd'];

/** `doubted`: it arrived, and nobody knows. */
type Fate = Posted | 'doubted';
type Step =
  | { readonly kind: 'change'; readonly task: number; readonly isLate: boolean }
  | { readonly kind: 'push'; readonly fates: readonly Fate[] }
  | { readonly kind: 'care'; readonly fates: readonly Fate[] };

const fates = fc.array(fc.constantFrom<Fate>('sent', 'failed', 'throttled', 'doubted', 'gone'), { maxLength: 4 });
const step = fc.oneof(
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('change' as const), task: fc.nat(3), isLate: fc.boolean() }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('push' as const), fates }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('care' as const), fates }) },
);

/** A ledger, and two viewers that merge by version, read it when they are told to, and come back when they are cut off. */
class Channel {
  readonly house = new GivenConnections([ANNA]);
  readonly ledger = new Map<string, Task>();
  readonly views = new Map<string, Map<string, Task>>();
  fates: Fate[] = [];
  #pending: Task[] = [];

  async begin(): Promise<void> {
    this.house.gateway.post = (id, frame) => Promise.resolve(this.#post(id, frame));
    for (let n = 0; n < 2; n += 1) await this.#connect();
  }

  async take(step: Step): Promise<void> {
    if (step.kind === 'change') this.#change(TASKS[step.task]!, step.isLate);
    else {
      this.fates = [...step.fates];
      if (step.kind === 'care') await this.house.care();
      else await this.#push();
      while (this.views.size < 2) await this.#connect();
    }
  }

  async #connect(): Promise<void> {
    this.fates = [];
    const { id } = await this.house.open(ANNA, 'tasks');
    this.views.set(id, new Map(this.ledger));
  }

  #change(taskId: string, isLate: boolean): void {
    const task = taskOf(taskId, (this.ledger.get(taskId)?.version ?? 0) + 1);
    this.ledger.set(taskId, task);
    if (isLate) this.#pending.push(task);
    else this.#pending.unshift(task);
  }

  async #push(): Promise<void> {
    const messages = this.#pending.splice(0).map((task) => ({ tenant: 'acme', tasks: [task] }));
    expect(await this.house.push(batchOf(...messages))).toEqual({ batchItemFailures: [] });
  }

  #post(id: string, frame: Buffer): Posted {
    const view = this.views.get(id);
    const fate = this.fates.shift() ?? 'sent';
    if (fate === 'gone') this.views.delete(id);
    if (fate !== 'sent' && fate !== 'doubted') return fate;
    const message = messageIn(frame.toString());
    const told = message.kind === 'tasks' ? message.tasks : message.kind === 'resync' ? [...this.ledger.values()] : [];
    for (const task of told) if ((view?.get(task.taskId)?.version ?? 0) < task.version) view?.set(task.taskId, task);
    return fate === 'sent' ? 'sent' : 'failed';
  }
}

it('leaves every viewer with what the ledger holds, whatever is lost, refused or cut off on the way', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 25 }), async (steps) => {
      const channel = new Channel();
      await channel.begin();
      for (const each of steps) await channel.take(each);
      await channel.take({ kind: 'push', fates: [] });
      await channel.take({ kind: 'care', fates: [] });
      for (const view of channel.views.values())
        expect(Object.fromEntries(view)).toEqual(Object.fromEntries(channel.ledger));
    }),
    { numRuns: 300 },
  );
});
