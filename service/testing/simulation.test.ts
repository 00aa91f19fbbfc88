import { describe, expect, test } from 'vitest';
import { describeBroken, describeCoverage, FAULTS, MOVES, playSeeds } from './coverage.ts';
import { playCopy, simulationOf } from './sabotage/copies.ts';
import { SABOTAGES } from './sabotage/core-sabotages.ts';
import { playSeed } from './simulate.ts';

describe('simulation', () => {
  test(
    '200 seeds of faults break no invariant, and exercise every fault and every move',
    { timeout: 60_000 },
    async () => {
      const coverage = await playSeeds({ from: 0, seeds: 200 });
      console.log(describeCoverage(coverage));
      expect(coverage.broken.map(describeBroken)).toEqual([]);
      const rareFaults = FAULTS.filter((name) => coverage.faults.get(name)! < 0.2 * 200);
      const rareMoves = MOVES.filter((name) => coverage.moves.get(name)! < 0.05 * 200);
      expect({ rareFaults, rareMoves }).toEqual({ rareFaults: [], rareMoves: [] });
      expect(coverage.fewestTasks).toBeGreaterThanOrEqual(20);
      expect(coverage.fewestCalls).toBeGreaterThanOrEqual(300);
    },
  );

  test('the same seed plays the same history', async () => {
    for (const seed of [4, 5]) {
      const [one, other] = [await playSeed(seed), await playSeed(seed)];
      expect(one.history.length).toBeGreaterThan(100);
      expect(one.hash).toBe(other.hash);
    }
    expect((await playSeed(6)).hash).not.toBe((await playSeed(8)).hash);
  });
});

describe('sabotages of one line', () => {
  test('the control run on an unchanged copy passes', { timeout: 60_000 }, async () => {
    const { isBroken, output } = await playCopy(undefined, simulationOf(60));
    expect(isBroken, output).toBe(false);
  });

  test.each(SABOTAGES)('$name is caught by a named invariant', { timeout: 60_000 }, async (sabotage) => {
    const { isBroken, output } = await playCopy(sabotage, simulationOf(200));
    expect(isBroken).toBe(true);
    expect(sabotage.caughtBy).toContain(/\[(\w+)\]/.exec(output)?.[1]);
  });
});
