import type { Handler } from '@holdfast/api/handler';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Clock, Run, RunOutcome, RunRequest } from '../core/ports.ts';
import { SECOND } from '../core/rules.ts';
import { Given } from '../testing/given.ts';
import { InvocationRunner } from './runner.ts';

const OVERRAN: RunOutcome = { kind: 'gone', cause: 'overran' };
const RELEASED: RunOutcome = { kind: 'gone', cause: 'neighbour' };
const LOST: RunOutcome = { kind: 'gone', cause: 'crashed' };

const willing: Handler = ({ signal }) =>
  new Promise((_, reject) => signal.addEventListener('abort', () => reject(new Error('stopped'))));
const deaf: Handler = () => new Promise(() => undefined);
const HANDLERS: Readonly<Record<string, Handler>> = { willing, deaf, quick: () => 'done' };

/** A clock whose timers fire when they are due, however late that is. */
class ManualClock implements Clock {
  #nowMs = 0;
  #timers: { readonly atMs: number; readonly run: () => void }[] = [];
  readonly nowMs = () => this.#nowMs;
  readonly monotonicMs = () => this.#nowMs;

  timer(ms: number, run: () => void): () => void {
    const timer = { atMs: this.#nowMs + ms, run };
    this.#timers.push(timer);
    return () => void (this.#timers = this.#timers.filter((each) => each !== timer));
  }

  /** In one step, as an event loop that stood still. */
  jump(ms: number): void {
    this.#nowMs += ms;
    const due = this.#timers.filter(({ atMs }) => atMs <= this.#nowMs);
    this.#timers = this.#timers.filter(({ atMs }) => atMs > this.#nowMs);
    for (const { run } of due) run();
  }

  pass(ms: number): void {
    for (let left = ms; left > 0; left -= 100) this.jump(Math.min(left, 100));
  }
}

let clock: ManualClock;
let runner: InvocationRunner;
let task: RunRequest['task'];
beforeEach(async () => {
  const given = new Given();
  await given.submit();
  task = given.task();
  clock = new ManualClock();
  runner = new InvocationRunner({ clock, handlerOf: (type) => HANDLERS[type] });
});

const start = (type: string, isolated = false): Run =>
  runner.start({ task: { ...task, type }, attempt: 1, isolated, onProgress: () => undefined });

describe('handlers in the process of an invocation', () => {
  it('answer for themselves', async () => {
    expect(await start('quick').outcome).toEqual({ kind: 'succeeded', result: '"done"' });
    const run = start('willing');
    run.abort();
    expect(await run.outcome).toMatchObject({ kind: 'failed', error: { message: 'stopped' } });
  });

  it('that do not stop take the process with them: the others are released, and nothing more begins', async () => {
    const [bad, other] = [start('deaf'), start('deaf')];
    bad.abort();
    clock.pass(2 * SECOND);
    bad.kill();
    const outcomes = await Promise.all([bad, other, start('quick')].map(({ outcome }) => outcome));
    expect(outcomes).toEqual([OVERRAN, RELEASED, RELEASED]);
    expect(runner.isDoomed).toBe(true);
  });

  it('that ended before they were killed keep their outcome and the process', async () => {
    const run = start('quick');
    const outcome = await run.outcome;
    run.kill();
    expect([outcome.kind, runner.isDoomed]).toEqual(['succeeded', false]);
  });

  it('are not charged for a stop that came late because another one held up the process [S13]', async () => {
    const [one, other] = [start('willing'), start('deaf')];
    clock.pass(3 * SECOND);
    clock.jump(30 * SECOND);
    for (const run of [one, other]) run.abort();
    expect(await one.outcome).toEqual(LOST);
    clock.pass(2 * SECOND);
    other.kill();
    expect(await other.outcome).toEqual(LOST);
  });

  it('answer for the process when they are alone in it', async () => {
    const run = start('deaf', true);
    clock.jump(30 * SECOND);
    run.abort();
    run.kill();
    expect(await run.outcome).toEqual(OVERRAN);
  });

  it('are not begun once the invocation ends', async () => {
    runner.close();
    expect(await start('quick').outcome).toEqual(RELEASED);
    expect(runner.isDoomed).toBe(false);
  });
});
