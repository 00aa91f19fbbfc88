/**
 * Crash at every call: each scenario is played without a crash, which counts its calls, and then once for each of them and
 * before and after it. Whoever makes it dies, all is healed as it heals in production, and the end must be the same.
 */
import { describe, expect, test } from 'vitest';
import { SECOND } from '../../core/rules.ts';
import { isSettled } from '../../core/task.ts';
import { Client } from './client.ts';
import type { House } from './house.ts';
import type { Measure } from './judge.ts';
import { judge } from './judge.ts';
import type { Crash } from './mortal.ts';
import { Fate } from './mortal.ts';
import type { Scenario } from './scenarios.ts';
import { SCENARIOS } from './scenarios.ts';

const SETTLED_WITHIN_MS = 120 * SECOND;
/** Of the many that one mistake makes. */
const MOST_SHOWN = 5;
/** A submit, a claim, a commit, and a look of the sweeper: with less nobody was asked whether to die. */
const FEWEST_CALLS = 4;

export interface Engine {
  readonly name: string;
  /** A fresh world; what its tasks are named after is of this run alone. */
  readonly open: (fate: Fate, run: string) => Promise<House>;
  /** Whether nobody can tell the death of a process from that of a handler. */
  readonly isCloud: boolean;
  /** A read changes nothing: whoever dies before it leaves the same world behind as after it, and is played only once. */
  readonly isCostly?: true;
  readonly scenarios?: readonly Scenario[];
  readonly timeoutMs?: number;
}

const READS =
  /\.(get|overdue|depth|ready|tenants|tenantsWaiting|runningOfOtherBoots|(Query|BatchGet|Get|GetQueueAttributes)Command)$/;

let runs = 0;

interface Played {
  readonly calls: readonly string[];
  readonly found: readonly string[];
  readonly measure: Measure;
}

async function playScenario(
  scenario: Scenario,
  engine: Engine,
  planned?: { crash: Crash; measure: Measure },
): Promise<Played> {
  const fate = new Fate(planned?.crash);
  const run = `${(runs += 1)}`;
  const house = await engine.open(fate, run);
  const client = new Client(house, run);
  try {
    const found: string[] = [];
    await settled(scenario, client).catch((error: unknown) => found.push(String(error)));
    const calls = [...fate.calls];
    const judging = { scenario, client, measure: planned?.measure, isLossCharged: engine.isCloud };
    found.push(...(await judge(judging)));
    return { calls, found, measure: await measured(scenario, client) };
  } finally {
    await house.close();
  }
}

async function settled(scenario: Scenario, client: Client): Promise<void> {
  const { house } = client;
  const kinds = Object.keys(scenario.ends) as (keyof Scenario['ends'])[];
  await scenario.play(client);
  for (const kind of kinds) await client.until(kind, 'succeeded', 'dead', 'cancelled');
  const areSettled = async (): Promise<boolean> => {
    const observed = await Promise.all(kinds.map((kind) => house.observe(client.idOf(kind))));
    return observed.every(({ task }) => task !== undefined && isSettled(task));
  };
  await house.play(() => house.desk() !== undefined, SETTLED_WITHIN_MS);
  // The sweeper looks at least once, though nothing may be left to do.
  for (let ms = 0; ms < SETTLED_WITHIN_MS; ms += house.sweepEveryMs) {
    await client.pass(house.sweepEveryMs);
    if (house.desk() !== undefined && (await areSettled())) return;
  }
  throw new Error('A task is never settled.');
}

async function measured({ ends }: Scenario, { house, idOf }: Client): Promise<Measure> {
  const kinds = Object.keys(ends) as (keyof Scenario['ends'])[];
  const each = kinds.map(async (kind) => {
    const { task, bells } = await house.observe(idOf(kind));
    return [kind, { attempts: task?.fence ?? 0, bells }] as const;
  });
  return new Map(await Promise.all(each));
}

const crashesOf = (calls: readonly string[], { isCostly }: Engine): Crash[] =>
  calls.flatMap((site, i) => {
    const before = { call: i + 1, when: 'before' as const };
    return isCostly && READS.test(site) ? [before] : [before, { ...before, when: 'after' as const }];
  });

export function crashSuite(engine: Engine): void {
  describe(`${engine.name}: a crash at every call`, () => {
    const { scenarios = SCENARIOS, timeoutMs } = engine;
    test.each(scenarios)('$name ends as without one', { timeout: timeoutMs ?? 120_000 }, async (scenario) => {
      const { calls, found, measure } = await playScenario(scenario, engine);
      expect(found).toEqual([]);
      const failed: string[] = [];
      const crashes = crashesOf(calls, engine);
      expect(crashes.length).toBeGreaterThan(FEWEST_CALLS);
      for (const crash of crashes) {
        const at = `${crash.when} call ${crash.call} (${calls[crash.call - 1]})`;
        const played = await playScenario(scenario, engine, { crash, measure });
        for (const what of played.found) failed.push(`${at}: ${what}`);
        if (played.calls.length < crash.call) failed.push(`${at}: was not reached`);
      }
      process.stdout.write(`${engine.name}, ${scenario.name}: ${calls.length} calls, ${crashes.length} crashes\n`);
      expect(failed.slice(0, MOST_SHOWN)).toEqual([]);
    });
  });
}
