/** The row in which the wall clock of the server is wrong, jumps while it runs, and is wrong by another amount after a restart. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Plan, Play } from './play.ts';
import { extra, requestOf } from './planned.ts';
import { SHIFTED_CLOCK } from './strikes.ts';

const OFFSETS_MS = [1_000, -1_000, 30_000, -30_000, -600_000];
const AFTER_RESTART_MS = -30_000;
/** So that at each jump some run whose lease is over by the new time. */
const LONG_EVERY = 4;
const LONG_MS = 2_000;
const WAIT_SECONDS = 2;
/** Many times what was asked for, and less than the clock goes back. */
const ANSWERED_WITHIN_MS = 120_000;

/** Begun before the clock goes back, for a task that nothing changes: its end is a matter of spans, not of times. */
async function waitThrough({ ground, customer, planted, wrongs }: Play): Promise<() => Promise<void>> {
  const later = extra('F16-later', 'succeed', { ends: ['succeeded'] });
  planted.add(later.taskId);
  const { type, payload, taskId } = requestOf(later, ground.notes);
  await customer.sdk.submit(type, payload, { taskId, delaySeconds: 3_600 });
  const signal = AbortSignal.timeout(ANSWERED_WITHIN_MS);
  const waiting = fetch(`${ground.url}/tasks/${taskId}?wait=${WAIT_SECONDS}`, { signal }).then(
    ({ status }) => status,
    (error: unknown) => String(error),
  );
  // The clock is told by another way than the request.
  await sleep((WAIT_SECONDS * 1_000) / 4);
  return async () => {
    const answer = await waiting;
    if (answer !== 200)
      wrongs.push(`who waited for ${WAIT_SECONDS} s while the clock went back was answered ${answer}`);
  };
}

async function shift(play: Play): Promise<void> {
  const { ground, spanMs } = play;
  const stepMs = spanMs / (OFFSETS_MS.length + 1);
  let answered = (): Promise<void> => Promise.resolve();
  for (const clockOffsetMs of OFFSETS_MS) {
    if (clockOffsetMs === Math.min(...OFFSETS_MS)) answered = await waitThrough(play);
    ground.tell({ clockOffsetMs });
    await sleep(stepMs);
  }
  await answered();
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
  mix: (tasks) =>
    tasks.map((task, i) => (i % LONG_EVERY === 0 && task.does === 'succeed' ? { ...task, durationMs: LONG_MS } : task)),
  strike: shift,
};
