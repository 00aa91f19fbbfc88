/** The row in which the wall clock of the server is wrong, jumps while it runs, and is wrong by another amount after a restart. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Plan, Play } from './play.ts';
import { SHIFTED_CLOCK } from './strikes.ts';

const OFFSETS_MS = [1_000, -1_000, 30_000, -30_000, -600_000];
const AFTER_RESTART_MS = -30_000;

async function shift(play: Play): Promise<void> {
  const { ground, spanMs } = play;
  const stepMs = spanMs / (OFFSETS_MS.length + 1);
  for (const clockOffsetMs of OFFSETS_MS) {
    ground.tell({ clockOffsetMs });
    await sleep(stepMs);
  }
  await ground.kill();
  await ground.start({ env: { CLOCK_OFFSET_MS: String(AFTER_RESTART_MS) } });
  play.injected += 1;
  await sleep(stepMs);
  ground.tell({ clockOffsetMs: 0 });
}

export const clockShifted: Plan = {
  id: 'F16',
  fault: 'wall clock ±1 s, ±30 s, back 10 min',
  start: { nodeArgs: SHIFTED_CLOCK },
  leastSpanMs: 6_000,
  kills: true,
  countsAreOff: true,
  strike: shift,
};
