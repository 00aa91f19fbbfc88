import { describe, expect, test } from 'vitest';
import { describeBroken, describeCoverage, playSeeds, quantile } from './coverage.ts';
import { OUTAGES } from './faults.ts';
import { playSeed } from './simulate.ts';

const SEEDS = 500;
const inFewerThan = (share: number, counts: ReadonlyMap<string, number>) =>
  [...counts].filter(([, n]) => n < share * SEEDS).map(([name]) => name);

describe('simulation', () => {
  const played = playSeeds({ from: 0, seeds: SEEDS });

  test(`${SEEDS} seeds of faults break no invariant`, { timeout: 600_000 }, async () => {
    const coverage = await played;
    console.log(describeCoverage(coverage));
    expect(coverage.broken.map(describeBroken)).toEqual([]);
  });

  test('they exercise every fault, every move, and what they should come by', { timeout: 600_000 }, async () => {
    const { faults, moves, facts, fewestCalls } = await played;
    const byChance = new Map([...faults].filter(([name]) => !OUTAGES.some((outage) => outage === name)));
    expect(inFewerThan(0.2, byChance)).toEqual([]);
    expect(inFewerThan(0.1, faults)).toEqual([]);
    expect(inFewerThan(0.05, moves)).toEqual([]);
    expect(inFewerThan(0.01, facts)).toEqual([]);
    expect(fewestCalls).toBeGreaterThanOrEqual(300);
  });

  test('a task needs at most six bells, and one for each lost attempt (99 %)', { timeout: 600_000 }, async () => {
    const { measured } = await played;
    expect(quantile(measured.get('bells per task, calm seeds')!, 0.99)).toBeLessThanOrEqual(6);
    expect(quantile(measured.get('bells per task')!, 0.99)).toBeLessThanOrEqual(6);
  });

  test('the same seed plays the same history', async () => {
    for (const seed of [4, 5]) {
      const [one, other] = [await playSeed(seed), await playSeed(seed)];
      expect(one.events.length).toBeGreaterThan(100);
      expect(one.hash).toBe(other.hash);
    }
    expect((await playSeed(6)).hash).not.toBe((await playSeed(8)).hash);
  });

  test('a task that is left out changes nothing of what the others submit, or when', async () => {
    const submitted = async (tasks?: number[]): Promise<string[]> => {
      const { events } = await playSeed(4, { faults: new Set(), ...(tasks && { tasks: new Set(tasks) }) });
      const submits = events.filter(({ what }) => what === 'submit');
      return submits.map(({ atMs, tenant, taskId }) => `${atMs} ${tenant}/${taskId}`);
    };
    const [all, fewer, alone] = [await submitted(), await submitted([5, 6, 7]), await submitted([6])];
    expect([alone.length, fewer.length]).toEqual([1, 3]);
    expect(fewer).toEqual(expect.arrayContaining(alone));
    expect(all).toEqual(expect.arrayContaining(fewer));
  });
});
