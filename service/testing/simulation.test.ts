import { describe, expect, test } from 'vitest';
import { describeBroken, describeCoverage, FAULTS, MOVES, playSeeds } from './coverage.ts';
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
