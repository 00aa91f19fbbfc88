import { describe, expect, test } from 'vitest';
import { failing, FINE, Given } from '../testing/given.ts';
import type { ApplyResult } from './ports.ts';
import type { Move } from './move.ts';

const versions = (given: Given) => given.events.map(({ move }) => move);

describe('an attempt', () => {
  test('a task that runs well is claimed once, succeeds and is published [S4]', async () => {
    const given = new Given();
    const task = await given.runToTheEnd();
    expect(task).toMatchObject({ status: 'succeeded', fence: 1, result: '{"ok":true}', version: 3 });
    expect(versions(given)).toEqual(['submit', 'claim', 'succeed']);
  });

  test('a duplicate delivery changes nothing, rings nothing and says nothing [S3][S4][S9]', async () => {
    const given = new Given();
    const before = await given.runToTheEnd();
    const published = given.events.length;
    await given.attend({}, { tenant: 'alpha', taskId: 'one', lane: 'fresh', notBeforeMs: 0, type: 'quick' });
    expect(given.task()).toEqual(before);
    expect([given.bells.length, given.events.length]).toEqual([0, published]);
  });

  test('three failures with backoff between them are dead, and announced [S6][S7]', async () => {
    const given = new Given([{ outcome: failing('Broken', { status: 503 }) }]);
    const task = await given.runToTheEnd();
    expect(task).toMatchObject({ status: 'dead', announcement: 'sent', failures: 3 });
    expect(task.attempts.map(({ attempt, outcome }) => [attempt, outcome])).toEqual(
      [1, 2, 3].map((attempt) => [attempt, 'failed']),
    );
    expect(task.attempts.map(({ delayMs }) => (delayMs ?? 0) >= 100)).toEqual([true, true, false]);
    expect(task.lastFailure).toMatchObject({ class: 'SYSTEM', code: 'Broken' });
    expect(given.announced).toEqual(['one']);
  });

  test('whoever follows a task that dies sees the version that a redrive or discard has to name', async () => {
    const given = new Given([{ outcome: failing('ValidationError') }]);
    const { version } = await given.runToTheEnd();
    expect(given.events.at(-1)).toMatchObject({ move: 'announced', task: { version, announcement: 'sent' } });
  });

  test('a permanent failure ends at attempt 1', async () => {
    const task = await new Given([{ outcome: failing('ValidationError') }]).runToTheEnd();
    expect(task).toMatchObject({ status: 'dead', failures: 1, lastFailure: { class: 'VALIDATION' } });
  });

  test('Retry-After is honoured', async () => {
    const busy = failing('Busy', { status: 429, retryAfterMs: 90_000 });
    const task = await new Given([{ outcome: busy }, { outcome: FINE }]).runToTheEnd();
    expect(task.attempts[0]).toMatchObject({ class: 'RATE_LIMIT', delayMs: 90_000 });
    expect(task.status).toBe('succeeded');
  });

  test('a wait that is no whole number of milliseconds is rounded up', async () => {
    const busy = failing('Busy', { status: 429, retryAfterMs: 3000.5 });
    const task = await new Given([{ outcome: busy }, { outcome: FINE }]).runToTheEnd();
    expect(task.attempts[0]?.delayMs).toBe(3_001);
  });

  test('an outcome that the ledger can never store ends the task with a name, not as a lost attempt', async () => {
    const given = new Given();
    const { ledger } = given.ports;
    const apply = (moves: readonly Move[]): Promise<ApplyResult[]> =>
      moves[0]?.name === 'succeed' ? Promise.resolve([{ kind: 'failed', retryable: false }]) : ledger.apply(moves);
    given.ports = { ...given.ports, ledger: { ...ledger, apply } };
    const task = await given.runToTheEnd();
    expect(task).toMatchObject({ status: 'dead', crashes: 0, lastFailure: { code: 'outcome-not-storable' } });
  });

  test('a result that is too large ends the task instead of making it unfinishable', async () => {
    const huge = { kind: 'succeeded', result: JSON.stringify('x'.repeat(70_000)) } as const;
    const task = await new Given([{ outcome: huge }]).runToTheEnd();
    expect(task).toMatchObject({ status: 'dead', lastFailure: { class: 'VALIDATION', code: 'result-too-large' } });
    expect(task.result).toBeUndefined();
  });

  test.each([
    ['of 64 KB is stored', 'x'.repeat(65_536 - 2), 'succeeded'],
    ['of one byte more is not', 'x'.repeat(65_536 - 1), 'dead'],
    ['of 64 KB in two-byte characters is stored', 'ä'.repeat(32_768 - 1), 'succeeded'],
    ['of one such character more is not', 'ä'.repeat(32_768), 'dead'],
  ])('a result %s', async (_, text, status) => {
    const task = await new Given([{ outcome: { kind: 'succeeded', result: JSON.stringify(text) } }]).runToTheEnd();
    expect(task.status).toBe(status);
  });

  test('an error message of 5 MB leaves a small item and a message of 2 KB beside it', async () => {
    const given = new Given([{ outcome: failing('E', { message: 'ß'.repeat(2_500_000) }) }]);
    const task = await given.runToTheEnd();
    expect(JSON.stringify(task).length).toBeLessThan(2_000);
    const detail = given.world.store.attemptDetail(task, 1);
    expect(new TextEncoder().encode(detail?.message).length).toBe(2_048);
  });
});

describe('a time-out', () => {
  test('ends a handler that stops when asked as a failure of class TIMEOUT', async () => {
    const given = new Given([{ onAbort: failing('AbortError') }, { outcome: FINE }], { timeoutMs: 4_000 });
    const task = await given.runToTheEnd();
    expect(task.attempts[0]).toMatchObject({ outcome: 'timed-out', class: 'TIMEOUT' });
    expect(task.attempts[0]!.endedAtMs - task.attempts[0]!.startedAtMs).toBeGreaterThanOrEqual(4_000);
    expect(task).toMatchObject({ status: 'succeeded', failures: 1, crashes: 0 });
  });

  test('kills a handler that does not stop, charges a crash and runs it alone from then on [S13]', async () => {
    const given = new Given([{}], { timeoutMs: 4_000 });
    await given.submit();
    await given.attend();
    expect(given.task()).toMatchObject({ status: 'retrying', crashes: 1, failures: 0, suspect: true });
    expect(given.bells.at(-1)?.lane).toBe('isolated');
    await given.pass(2_000);
    await given.attend({ isolated: false });
    expect(given.task().status).toBe('retrying'); // not suspect unless isolated
    for (let i = 0; i < 2; i += 1) {
      await given.pass(8_000);
      await given.attend({ isolated: true });
    }
    expect(given.task()).toMatchObject({ status: 'dead', crashes: 3, lastFailure: { class: 'TIMEOUT' } });
  });
});

describe('a lease', () => {
  const hour = { timeoutMs: 3_600_000 };

  test('of long work is kept by heartbeats', async () => {
    const given = new Given([{ lastsMs: 300_000, outcome: FINE }], hour);
    const task = await given.runToTheEnd();
    expect(task).toMatchObject({ status: 'succeeded', fence: 1 });
    expect(task.version).toBeGreaterThan(10);
  });

  test('of a claim pulls a due back that lies too late, and is as long as any [S18]', async () => {
    const given = new Given([{ lastsMs: 500, outcome: FINE }]);
    await given.submit();
    given.world.store.items.set('alpha/one', { ...given.task(), dueMs: given.nowMs + 3_600_000 });
    const { attempt } = await given.begin();
    const { status, dueMs, leaseUntilMs, startedAtMs } = given.task();
    expect({ status, dueMs }).toEqual({ status: 'running', dueMs: leaseUntilMs! + 3_000 });
    expect(leaseUntilMs).toBe(startedAtMs! + 70_000);
    await given.until(attempt);
    expect(given.task()).toMatchObject({ status: 'succeeded', fence: 1 });
  });

  test('that cannot be confirmed makes the handler stop before it ends', async () => {
    const given = new Given([{ onAbort: failing('AbortError') }], hour);
    const { ledger } = given.ports;
    const apply = (moves: readonly Move[]): Promise<ApplyResult[]> =>
      moves[0]?.name === 'heartbeat' ? Promise.resolve([{ kind: 'failed', retryable: true }]) : ledger.apply(moves);
    given.ports = { ...given.ports, ledger: { ...ledger, apply } };
    await given.submit();
    const startMs = given.nowMs;
    await given.attend();
    expect(given.nowMs - startMs).toBeLessThan(70_000 - 2_000);
    expect(given.task()).toMatchObject({ status: 'queued', failures: 0, crashes: 0 });
    expect(given.task().attempts[0]?.outcome).toBe('released');
  });

  test('taken over by somebody else makes the late commit change nothing [S4]', async () => {
    const given = new Given([{ lastsMs: 50_000, outcome: FINE }]);
    await given.submit();
    const { attempt: zombie } = await given.begin();
    const item = given.task();
    given.world.store.items.set('alpha/one', { ...item, fence: item.fence + 1, owner: 'other', status: 'running' });
    const taken = given.task();
    await given.until(zombie);
    expect(given.task()).toEqual(taken);
  });
});

describe('an attempt whose cancel is requested elsewhere', () => {
  test('is cancelled by its own failure at once, and nobody is charged [S10]', async () => {
    const given = new Given([{ lastsMs: 500, outcome: failing('Broken') }]);
    await given.submit();
    const { attempt } = await given.begin();
    const item = given.task();
    given.world.store.items.set('alpha/one', { ...item, version: item.version + 1, cancelRequested: true });
    await given.until(attempt);
    expect(given.task()).toMatchObject({ status: 'cancelled', failures: 0, crashes: 0 });
    expect(given.nowMs - item.startedAtMs!).toBeLessThan(2_000);
  });

  test.each([
    ['another fence', { fence: 2 }],
    ['another owner', { owner: 'other' }],
    ['a claim still to come', { status: 'queued', fence: 1 }],
  ] as const)('does not end what has %s by its late failure [S4]', async (_, fields) => {
    const given = new Given([{ lastsMs: 50_000, outcome: failing('Broken') }]);
    await given.submit();
    const { attempt: zombie } = await given.begin();
    given.world.store.items.set('alpha/one', { ...given.task(), ...fields, cancelRequested: true });
    const taken = given.task();
    await given.until(zombie);
    expect(given.task()).toEqual(taken);
  });
});

describe('a lost reply', () => {
  /** Applies the move, and says that it failed; once per name. */
  function losingRepliesOf(names: readonly string[], given: Given): void {
    const left = new Set(names);
    const { ledger } = given.ports;
    const apply = async (moves: readonly Move[]): Promise<ApplyResult[]> => {
      const results = await ledger.apply(moves);
      return left.delete(moves[0]!.name) ? [{ kind: 'failed', retryable: true }] : results;
    };
    given.ports = { ...given.ports, ledger: { ...ledger, apply } };
  }

  test('of a claim is recognised by its owner token: no second claim, no attempt is lost [S3]', async () => {
    const given = new Given();
    losingRepliesOf(['claim'], given);
    expect(await given.runToTheEnd()).toMatchObject({ status: 'succeeded', fence: 1 });
  });

  test('of a commit is recognised: the next attempt is rung once [S9]', async () => {
    const given = new Given([{ outcome: failing('Broken') }, { outcome: FINE }]);
    losingRepliesOf(['fail', 'succeed'], given);
    expect(await given.runToTheEnd()).toMatchObject({ status: 'succeeded', fence: 2, failures: 1 });
    expect(versions(given)).toEqual(['submit', 'claim', 'fail', 'claim', 'succeed']);
  });
});
