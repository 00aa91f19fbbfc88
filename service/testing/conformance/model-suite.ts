/** Any sequence of moves leaves in the ledger what the core's own reading of the moves says it leaves. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import * as attempts from '../../core/attempt-moves.ts';
import type { Move } from '../../core/move.ts';
import { changed, unmet } from '../../core/move.ts';
import * as operators from '../../core/operator-moves.ts';
import { reap } from '../../core/reap-move.ts';
import * as sweeps from '../../core/sweep-moves.ts';
import type { LedgerTask } from '../../core/task.ts';
import type { EngineUnderTest, OpenEngine } from './engine-under-test.ts';
import { CLAIMER, newTask, RULES } from './engine-under-test.ts';

type Make = (task: LedgerTask, nowMs: number) => Move;

const at = (nowMs: number) => ({ nowMs, rules: RULES });
const failed = (fence: number) => ({
  failure: { class: 'SYSTEM', code: 'E', message: 'm', atMs: 1 } as const,
  detail: { fence, message: 'm', log: [], logTruncated: false },
});
const entry = (move: 'cancel' | 'redrive' | 'discard') => ({ atMs: 1, subject: 's', move, moveId: 'id', reason: 'r' });
const claimBy =
  (owner: string, isolated: boolean): Make =>
  (task, nowMs) =>
    attempts.claim(task, { ...CLAIMER, owner: `${owner}-${task.fence}`, isolated }, { ...at(nowMs), pullDue: true });

export const MAKERS: Readonly<Record<string, Make>> = {
  claim: claimBy('o1', false),
  claimAlone: claimBy('o2', true),
  heartbeat: (task, nowMs) => attempts.heartbeat(task, { progress: { percent: 3 }, pullDue: false }, at(nowMs)),
  succeed: (task, nowMs) => attempts.succeed(task, '{"ok":1}', at(nowMs)),
  fail: (task, nowMs) => attempts.fail(task, failed(task.fence), { ...at(nowMs), delayMs: 500 }),
  die: (task, nowMs) => attempts.die(task, failed(task.fence), at(nowMs)),
  release: (task, nowMs) => attempts.release(task, at(nowMs)),
  checkpoint: (task, nowMs) => attempts.checkpoint(task, '{"at":1}', { ...at(nowMs), delayMs: 0 }),
  cancelled: (task, nowMs) => attempts.cancelled(task, at(nowMs)),
  reap: (task, nowMs) => reap(task, { cause: 'lost', owner: 'r', random: 0.5, known: true }, at(nowMs)),
  defer: (task, nowMs) => sweeps.defer(task, { ...at(nowMs), reason: 'rate', untilMs: nowMs + 900 }),
  recheck: (task, nowMs) => sweeps.recheck(task, at(nowMs)),
  wake: (task, nowMs) => sweeps.wake(task, at(nowMs)),
  ringAgain: (task, nowMs) => sweeps.ringAgain(task, at(nowMs)),
  announceAgain: (task, nowMs) => sweeps.announceAgain(task, at(nowMs)),
  unreached: (task, nowMs) => sweeps.unreached({ ...task, rings: task.rings + 1 }, at(nowMs)),
  announced: (task, nowMs) => sweeps.announced(task, at(nowMs)),
  expire: (task, nowMs) => sweeps.expire(task, at(nowMs)),
  pushOn: (task, nowMs) => sweeps.pushOn(task, at(nowMs)),
  cancel: (task, nowMs) => operators.cancel(task, entry('cancel'), at(nowMs)),
  redrive: (task, nowMs) => operators.redrive(task, entry('redrive'), at(nowMs)),
  discard: (task, nowMs) => operators.discard(task, entry('discard'), at(nowMs)),
};

/** Some engine keeps it elsewhere than a short one. */
const LONG_PAYLOAD = JSON.stringify('ä'.repeat(3_000));

/** Each step makes its move of the present item, or of one that is `stale` steps old. */
export const steps = fc.array(
  fc.record({
    move: fc.constantFrom(...Object.keys(MAKERS)),
    stale: fc.constantFrom(0, 0, 0, 1, 2),
    passMs: fc.nat(2_000),
  }),
  { minLength: 5, maxLength: 25 },
);

async function follows(
  engine: EngineUnderTest,
  taskId: string,
  plan: { move: string; stale: number; passMs: number }[],
) {
  const payload = taskId.endsWith('0') ? LONG_PAYLOAD : '{"data":1}';
  const versions = [newTask(engine.nowMs(), { taskId, payload })];
  await engine.ledger.submit(versions);
  for (const { move: name, stale, passMs } of plan) {
    await engine.pass(passMs);
    const model = versions.at(-1)!;
    const move = MAKERS[name]!(versions.at(-1 - stale) ?? model, engine.nowMs());
    const holds = unmet(move, model).length === 0;
    const expected = holds ? changed(move, model) : model;
    const [result] = await engine.ledger.apply([move]);
    expect(result).toEqual({ kind: holds ? 'applied' : 'lost', task: expected });
    expect((await engine.ledger.get([model]))[0]).toEqual(expected);
    if (holds) versions.push(expected);
  }
}

/** Fewer runs for an engine whose emulator is slow. */
export function modelSuite(name: string, open: OpenEngine, numRuns = 150): void {
  describe(`${name}: model`, () => {
    test('every sequence of moves leaves what the core says it leaves [S2]–[S8]', async () => {
      const engine = await open();
      let run = 0;
      const property = fc.asyncProperty(steps, (plan) => follows(engine, `t${(run += 1)}`, plan));
      await fc.assert(property, { numRuns, seed: 7 });
      await engine.close();
    });
  });
}
