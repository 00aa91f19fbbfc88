// Whatever happens to events and frames, a client that keeps the four rules of the contract ends with what the ledger holds.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { TaskEvent } from '../core/ports.ts';
import type { LedgerTask } from '../core/task.ts';
import type { GivenViewer } from '../testing/given-hub.ts';
import { GivenHub } from '../testing/given-hub.ts';
import { topicsOf } from './topics.ts';

const IDS = ['a', 'b', 'c', 'd'];
const TOPICS = [['tasks'], ['task:a', 'task:b'], ['type:simulate', 'task:c'], ['tasks', 'stats'], ['task:d']];

const tellingOf = (tasks: Iterable<LedgerTask>, topics: readonly string[]): LedgerTask[] =>
  [...tasks].filter((task) => topicsOf(task).some((topic) => topics.includes(topic)));

type Step = (world: Model) => void | Promise<void>;

/** A ledger, a hub and one client. Its only knowledge is snapshots and the frames that were not lost. */
class Model {
  readonly given = new GivenHub();
  readonly held = new Map<string, number>();
  readonly late: TaskEvent[] = [];
  topics = TOPICS[0]!;
  client: GivenViewer;
  #seen = 0;
  isLosing = false;

  constructor() {
    this.client = this.given.join(this.topics);
    this.snapshot();
  }

  /** Rules 1 and 3: over HTTP, after the subscription. Of tasks that the topics do not tell of it learns nothing. */
  snapshot(topics = this.topics): void {
    for (const task of tellingOf(this.given.tasks.values(), topics)) this.#merge(task);
  }

  /** Rule 2. */
  #merge({ taskId, version }: { taskId: string; version: number }): void {
    this.held.set(taskId, Math.max(version, this.held.get(taskId) ?? 0));
  }

  follow(topics: string[]): void {
    const added = topics.filter((topic) => !this.topics.includes(topic));
    this.topics = topics;
    this.given.follow(this.client, topics);
    this.snapshot(added);
  }

  reconnect(): void {
    this.given.hub.leave(this.client.viewer!);
    this.client = this.given.join(this.topics);
    this.#seen = 0;
    this.snapshot();
  }

  async pass(ms: number): Promise<void> {
    await this.given.pass(ms);
    if (this.client.closedWith !== undefined) this.reconnect();
    for (const message of this.client.messages.slice(this.#seen)) {
      this.#seen += 1;
      if (this.isLosing && this.#seen % 2 === 0) continue;
      if (message.kind === 'tasks') message.tasks.forEach((task) => this.#merge(task));
      if (message.kind === 'resync') this.snapshot();
    }
  }

  /** What of the followed tasks the ledger holds, and what the client does. */
  get both(): { ledger: [string, number][]; client: [string, number | undefined][] } {
    const followed = tellingOf(this.given.tasks.values(), this.topics);
    return {
      ledger: followed.map(({ taskId, version }) => [taskId, version]),
      client: followed.map(({ taskId }) => [taskId, this.held.get(taskId)]),
    };
  }
}

const change = fc.constantFrom(...IDS).map(
  (id): Step =>
    ({ given }) =>
      given.change(id),
);
const withhold = fc.constantFrom(...IDS).map(
  (id): Step =>
    ({ given, late }) =>
      void late.push(given.write(id)),
);
const deliverLate: Step = ({ given, late }) => given.hub.note(late.splice(0).reverse());
const flood: Step = ({ given }) => given.changeMany(2_001, 'flood');
const wide: Step = ({ given }) =>
  given.changeMany(1_500, 'wide', { tags: Array.from({ length: 10 }, (_, n) => `${'x'.repeat(60)}${n}`) });
const pass = fc.integer({ min: 0, max: 400 }).map(
  (ms): Step =>
    (world) =>
      world.pass(ms),
);
const passLong: Step = (world) => world.pass(11_000);
const stopReading: Step = ({ client }) => void (client.isReading = false);
/** Far enough that its buffer is full. */
const fallBehind: Step = async (world) => {
  await stopReading(world);
  await wide(world);
  await world.pass(2_000);
};
const read: Step = ({ client }) => client.read();
const follow = fc.constantFrom(...TOPICS).map(
  (topics): Step =>
    (world) =>
      world.follow(topics),
);
const reconnect: Step = (world) => world.reconnect();

const anyStep = fc.oneof(
  { weight: 6, arbitrary: change },
  { weight: 3, arbitrary: withhold },
  { weight: 6, arbitrary: pass },
  { weight: 3, arbitrary: follow },
  { weight: 5, arbitrary: fc.constantFrom(deliverLate, stopReading, read, reconnect, passLong, flood, fallBehind) },
);

async function play(world: Model, steps: readonly Step[]): Promise<void> {
  for (const step of steps) await step(world);
  await deliverLate(world);
  world.client.read();
  await world.pass(5_000);
}

describe('a client that keeps the rules', () => {
  it('ends with what the ledger holds, whatever the hub had to drop', async () => {
    const steps = fc.array(anyStep, { minLength: 1, maxLength: 30 });
    const property = fc.asyncProperty(steps, async (taken) => {
      const world = new Model();
      await play(world, taken);
      expect(world.both.client).toEqual(world.both.ledger);
    });
    await fc.assert(property, { numRuns: 150 });
  });

  it('ends with it too when half of the frames were lost, once it has read the page again', async () => {
    const steps = fc.array(anyStep, { minLength: 1, maxLength: 15 });
    const property = fc.asyncProperty(steps, steps, async (lossy, healed) => {
      const world = new Model();
      world.isLosing = true;
      for (const step of lossy) await step(world);
      world.isLosing = false;
      world.snapshot();
      await play(world, healed);
      expect(world.both.client).toEqual(world.both.ledger);
    });
    await fc.assert(property, { numRuns: 50 });
  });
});
