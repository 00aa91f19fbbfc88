import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { RunOutcome } from '../core/ports.ts';
import type { Progress } from '../core/task.ts';
import { FINE, GivenPool, isAlive, SIMULATE, until } from '../testing/given-pool.ts';

const CRASHED: RunOutcome = { kind: 'gone', cause: 'crashed' };
const OVERRAN: RunOutcome = { kind: 'gone', cause: 'overran' };
const NEIGHBOUR: RunOutcome = { kind: 'gone', cause: 'neighbour' };
const OK: RunOutcome = { kind: 'succeeded', result: '{"ok":true,"attempt":1}' };

/** Says which process it is in, and how many others were there with it. */
const WHO = `
  let here = 0;
  export const run = async () => {
    here += 1;
    await new Promise((resolve) => setTimeout(resolve, 50));
    const beside = here - 1;
    await new Promise((resolve) => setTimeout(resolve, 50));
    here -= 1;
    return { pid: process.pid, beside };
  };`;
const LATE_THROW = 'export const run = () => new Promise(() => setTimeout(() => { throw new Error("nobody"); }, 1));';

/** Forty things that hang in the system as look-ups of a dead name server do, and one that does not. */
const HANGS = `
  import { execFileSync } from 'node:child_process';
  import { open, readFile } from 'node:fs/promises';
  export const run = async ({ payload: { pipe } }) => {
    execFileSync('mkfifo', [pipe]);
    for (let i = 0; i < 40; i += 1) void open(pipe, 'r');
    await readFile(import.meta.filename);
  };`;

let given: GivenPool;
beforeEach(() => void (given = new GivenPool()));
afterEach(() => given.close());

const failure = (outcome: RunOutcome) => (outcome.kind === 'failed' ? outcome.error : undefined);
const parsed = (outcome: RunOutcome) =>
  JSON.parse(outcome.kind === 'succeeded' ? outcome.result! : '{}') as { pid: number; beside: number };

describe('the pool', () => {
  it('gives each isolated attempt a process of its own, so that nothing is left for the next [S13]', async () => {
    await given.open({ typeFolders: [given.type('who', WHO)] });
    const pids: number[] = [];
    for (let i = 0; i < 3; i += 1) pids.push(parsed(await given.run('who', {}, { isolated: true })).pid);
    expect(new Set(pids).size).toBe(3);
    await until(() => pids.every((pid) => !isAlive(pid)));
    expect(given.logged.filter(({ event }) => event === 'worker-ended')).toEqual([]);
  });

  it('replaces a process that could not load what it is given, and charges nobody', async () => {
    const flag = join(given.folder, 'flag');
    const loads = `import { existsSync } from 'node:fs'; if (!existsSync(${JSON.stringify(flag)})) throw new Error('no');`;
    const pool = await given.open({ typeFolders: [given.type('flaky', `${loads} ${FINE}`)] });
    writeFileSync(flag, '');
    expect(await given.run('flaky', {})).toEqual(NEIGHBOUR);
    await until(() => pool.versionsOf('flaky') !== undefined);
    expect(await given.run('flaky', {})).toMatchObject({ kind: 'succeeded' });
  });

  it('runs attempts and hands back their results', async () => {
    await given.open();
    expect(await given.run('simulate', { failureRate: 0 })).toEqual(OK);
  });

  it('tells a handler whose task it is', async () => {
    await given.open({
      typeFolders: [given.type('whose', 'export const run = ({ tenant, taskId }) => [tenant, taskId];')],
    });
    expect(await given.run('whose', {})).toEqual({ kind: 'succeeded', result: '["acme","one"]' });
  });

  it('lets an attempt do its work beside many that wait for the system', async () => {
    await given.open({ typeFolders: [given.type('hangs', HANGS)] });
    const run = given.start('hangs', { pipe: join(given.folder, 'pipe') });
    const late = new Promise((resolve) => setTimeout(() => resolve('still waiting'), 3_000).unref());
    expect(await Promise.race([run.outcome, late])).toMatchObject({ kind: 'succeeded' });
  });

  it('lists a type that fails to load with its error, and the others work', async () => {
    const typeFolders = [
      given.type('broken', 'import "./absent.mjs";'),
      given.type('silent', 'export const policy = {};'),
      given.type('wrong', `${FINE} export const policy = { maxAttempts: 0 };`),
      given.type('fine', `${FINE} export const policy = { payloadVersions: [1, 2], timeoutSeconds: 5 };`),
    ];
    const pool = await given.open({ typeFolders });
    const errors = [...pool.types.values()].map((type) => ('error' in type ? type.error : 'none'));
    expect(errors).toEqual([
      expect.stringContaining('absent.mjs'),
      expect.stringContaining('no function named run'),
      expect.stringContaining('policy.maxAttempts'),
      'none',
    ]);
    expect(pool.versionsOf('fine')).toEqual([1, 2]);
    expect(pool.versionsOf('broken')).toBeUndefined();
    expect(pool.policyOf('fine')).toMatchObject({ maxAttempts: 3, timeoutMs: 5_000 });
    expect(await given.run('fine', {})).toEqual({ kind: 'succeeded', result: '{"taskId":"one"}' });
  });

  it('reports progress, the newest at most every 250 ms', async () => {
    await given.open();
    const seen: Progress[] = [];
    const onProgress = (progress: Progress) => void seen.push(progress);
    const sinceMs = performance.now();
    await given.start('simulate', { failureRate: 0, durationMs: 400, steps: 100 }, { onProgress }).outcome;
    expect(seen.length).toBeGreaterThanOrEqual(1);
    // However long a busy machine makes of it: one at once, one at the end, and one for each span in between.
    expect(seen.length).toBeLessThanOrEqual(2 + (performance.now() - sinceMs) / 250);
    expect(seen[0]).toEqual({ percent: 1, message: 'step 1 of 100' });
  });

  it('aborts a handler that listens', async () => {
    await given.open();
    const run = given.start('simulate', { failureRate: 0, durationMs: 60_000 });
    run.abort();
    expect(failure(await run.outcome)?.name).toBe('AbortError');
  });

  it('loses with a crash the attempts of that process only, and replaces it [S13]', async () => {
    const pool = await given.open({ workers: 2 });
    await until(() => pool.workersReady === 2);
    const long = { failureRate: 0, durationMs: 300 };
    // The freest process takes the next: two here, two there.
    const runs = [long, long, long, { misbehave: 'crash' }].map((payload) => given.run('simulate', payload));
    expect(await Promise.all(runs)).toEqual([OK, CRASHED, OK, CRASHED]);
    await until(() => pool.workersReady === 2);
    expect(given.logged).toMatchObject([{ event: 'worker-ended', reason: 'signal SIGABRT', lost: 2 }]);
  });

  it('ends a process in which something is thrown that nobody catches', async () => {
    await given.open({ typeFolders: [given.type('late', LATE_THROW)] });
    expect(await given.run('late', {})).toEqual(CRASHED);
    await until(() => given.logged.length > 0);
    const place = expect.stringMatching(/^late\/handler\.mjs:\d+$/) as string;
    expect(given.logged).toMatchObject([{ event: 'worker-ended', reason: 'code 1', error: 'Error', place }]);
    expect(JSON.stringify(given.logged)).not.toContain('nobody');
  });

  it('kills a handler that ignores the abort; its neighbours are not to blame [S13]', async () => {
    await given.open();
    const beside = given.run('simulate', { durationMs: 60_000 });
    const hanging = given.start('simulate', { misbehave: 'hang' });
    await given.run('simulate', { failureRate: 0 });
    hanging.abort();
    // Whatever comes after it in the same direction shows that the abort has arrived.
    await given.run('simulate', { failureRate: 0 });
    hanging.kill();
    expect(await Promise.all([hanging.outcome, beside])).toEqual([OVERRAN, NEIGHBOUR]);
  });

  it('kills an endless loop, and blames nobody while it cannot tell who it is [S13]', async () => {
    await given.open();
    const innocent = given.start('simulate', { durationMs: 10 });
    const looping = given.start('simulate', { misbehave: 'block' });
    innocent.abort();
    innocent.kill();
    expect(await Promise.all([innocent.outcome, looping.outcome])).toEqual([CRASHED, CRASHED]);
    const alone = given.start('simulate', { misbehave: 'block' }, { isolated: true });
    await given.run('simulate', { failureRate: 0 });
    alone.abort();
    alone.kill();
    expect(await alone.outcome).toEqual(OVERRAN);
  });

  it('kills a leak at the limit of memory', async () => {
    await given.open({ workerMemoryMb: 256 });
    expect(await given.run('simulate', { misbehave: 'leak' })).toEqual(CRASHED);
    expect(await given.run('simulate', { failureRate: 0 })).toEqual(OK);
  });

  it('counts an outcome that was sent before the process ended', async () => {
    const last =
      'export const run = async () => { setTimeout(() => process.kill(process.pid, "SIGKILL"), 20); return "said"; };';
    await given.open({ typeFolders: [given.type('last', last)] });
    expect(await given.run('last', {})).toEqual({ kind: 'succeeded', result: '"said"' });
  });

  it('runs a suspect task alone in its process [S13]', async () => {
    const pool = await given.open({ typeFolders: [given.type('who', WHO)], concurrency: 8 });
    const places = Array.from({ length: pool.slots(true) }, () => given.run('who', {}, { isolated: true }));
    const isolated = Promise.all([...places, places[0]!.then(() => given.run('who', {}, { isolated: true }))]);
    const shared = Promise.all(Array.from({ length: 3 }, () => given.run('who', {})));
    const alone = (await isolated).map(parsed);
    const together = (await shared).map(parsed);
    expect(alone.map(({ beside }) => beside)).toEqual([0, 0, 0, 0, 0]);
    expect(together.map(({ beside }) => beside)).toEqual([2, 2, 2]);
    expect(alone.map(({ pid }) => pid)).not.toContain(together[0]!.pid);
  });

  it('hands back unharmed what is aborted before its process was ready [S13]', async () => {
    await given.open({ concurrency: 8 });
    const runs = Array.from({ length: 4 }, () => given.start('simulate', { misbehave: 'hang' }, { isolated: true }));
    runs[3]!.abort();
    expect(await runs[3]!.outcome).toEqual(NEIGHBOUR);
  });

  it('says that workers cannot start, and starts them when they can', async () => {
    const cure = join(given.folder, 'cure');
    const source = `import { existsSync } from 'node:fs'; if (!existsSync(${JSON.stringify(cure)})) process.exit(7);`;
    const pool = await given.open({ typeFolders: [given.type('exits', `${source} ${FINE}`)] });
    expect(pool.problem).toBe('worker processes end at their start: code 7');
    await until(() => pool.slots(false) === 0 && pool.slots(true) === 0);
    expect(await given.run('exits', {})).toEqual(NEIGHBOUR);
    writeFileSync(cure, '');
    await until(() => pool.problem === undefined && pool.workersReady === 1);
    expect(await given.run('exits', {})).toMatchObject({ kind: 'succeeded' });
  });
});

describe('what a handler returns or throws', () => {
  const RESULTS: Readonly<Record<string, string>> = {
    cycle: 'const a = {}; a.a = a; return a;',
    bigint: 'return 1n;',
    function: 'return () => 1;',
    large: 'return "x".repeat(2_000_000);',
    nothing: '',
    text: 'throw "just text";',
    symbol: 'throw Symbol("odd");',
    hostile: 'throw new Proxy(new Error("x"), { get() { throw 1; } });',
    network: 'throw new TypeError("fetch failed", { cause: Object.assign(new Error(), { code: "ECONNREFUSED" }) });',
    long: 'throw new Error("x".repeat(5_000_000));',
    busy: 'throw Object.assign(new Error("busy"), { status: 429, retryAfterMs: 5_000 });',
  };

  it('becomes one outcome of bounded size', async () => {
    const source = `const does = { ${Object.entries(RESULTS)
      .map(([name, body]) => `${name}() { ${body} }`)
      .join()} };
      export const run = async ({ payload }) => does[payload.does]();`;
    await given.open({ typeFolders: [given.type('odd', source)] });
    const outcome = async (does: string) => given.run('odd', { does });
    for (const does of ['cycle', 'bigint', 'function']) {
      expect(failure(await outcome(does))).toMatchObject({ class: 'VALIDATION', code: 'result-not-json' });
    }
    expect(failure(await outcome('large'))).toMatchObject({ class: 'VALIDATION', code: 'result-too-large' });
    expect(await outcome('nothing')).toEqual({ kind: 'succeeded' });
    expect(failure(await outcome('text'))).toEqual({ name: 'Thrown', message: 'just text' });
    expect(failure(await outcome('symbol'))).toEqual({ name: 'Thrown', message: 'Symbol(odd)' });
    expect(failure(await outcome('hostile'))?.name).toBe('Unreadable');
    expect(failure(await outcome('network'))).toMatchObject({ name: 'TypeError', code: 'ECONNREFUSED' });
    expect(failure(await outcome('long'))?.message).toHaveLength(60 * 1024);
    expect(failure(await outcome('busy'))).toMatchObject({ status: 429, retryAfterMs: 5_000 });
  });

  it('comes with the last log lines of the attempt', async () => {
    await given.open({ typeFolders: [SIMULATE] });
    const outcome = await given.run('simulate', { failureRate: 1, logLines: 300 });
    const log = outcome.kind === 'failed' ? outcome.log : undefined;
    expect(log).toMatchObject({ truncated: true });
    expect(log?.lines).toHaveLength(100);
    expect(log?.lines.at(-1)).toMatchObject({ level: 'info', text: 'line 300 of 300' });
  });
});
