import { describe, expect, it } from 'vitest';
import type { Play } from '../sabotage/copies.ts';
import { playCopy } from '../sabotage/copies.ts';
import { ENDING_NAMES } from './frame-endings.ts';
import { describedFrames, fuzzFrames } from './frame-fuzz.ts';
import { FRAME_SABOTAGES } from './frame-sabotages.ts';

const FRAMES = 10_000;
/** Chance may keep an ending from one plan. */
const MOST_RUNS = 3;
const PLAY: Play = {
  command: 'testing/fuzz/fuzz-command.ts',
  args: ['--frames', '20000', '--seed', '31', '--until-broken'],
};

describe('the live channel', () => {
  it(`answers ${FRAMES} frames of two tenants as the contract says, whatever they are, and is well afterwards`, async () => {
    // Another plan every time; a finding prints its seed.
    const seed = Date.now() % 1_000_000;
    const rare = ['too many fragments', 'too many messages'];
    const unseen = new Set(ENDING_NAMES.filter((name) => !rare.includes(name)));
    for (let run = 0; run === 0 || (run < MOST_RUNS && unseen.size > 0); run += 1) {
      const report = await fuzzFrames({ seed: seed + run, frames: FRAMES });
      expect(report.findings, describedFrames(report)).toEqual([]);
      for (const name of report.counts.keys()) unseen.delete(name);
    }
    expect([...unseen]).toEqual([]);
  });

  it('gets the same frames from the same seed', async () => {
    const [first, second] = [
      await fuzzFrames({ seed: 5, frames: 500, atOnce: 1 }),
      await fuzzFrames({ seed: 5, frames: 500, atOnce: 1 }),
    ];
    expect([...second.counts]).toEqual([...first.counts]);
  });
});

describe('the frames notice', () => {
  it('nothing on an unchanged copy', async () => {
    const { isBroken, output } = await playCopy(undefined, { ...PLAY, args: ['--frames', '2000', '--seed', '31'] });
    expect(isBroken, output).toBe(false);
  });

  it.each(FRAME_SABOTAGES)('$name', async (sabotage) => {
    const { isBroken, output } = await playCopy(sabotage, PLAY);
    expect(isBroken, output).toBe(true);
    expect(output).toContain(sabotage.caughtBy[0]);
  });
});
