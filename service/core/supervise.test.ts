import { describe, expect, test } from 'vitest';
import { failing, FINE, Given } from '../testing/given.ts';
import type { Move } from './move.ts';
import type { ApplyResult } from './ports.ts';
import { HOUR } from './rules.ts';

const KEY = { tenant: 'alpha', taskId: 'one' };

test('a handler that was asked to stop is not charged for a time-out that comes before its end [S13]', async () => {
  const given = new Given([{}], { timeoutMs: 4_000 });
  await given.submit();
  const { attempt } = await given.begin();
  await given.pass(3_000);
  given.running.stop(KEY, 'stopping');
  await given.until(attempt);
  expect(given.task()).toMatchObject({ status: 'queued', crashes: 0, attempts: [{ outcome: 'released' }] });
});

describe('a heartbeat', () => {
  test('that was not answered is sent again, and the handler works on', async () => {
    const given = new Given([{ lastsMs: 100_000, outcome: FINE }], { timeoutMs: HOUR });
    const { ledger } = given.ports;
    let beats = 0;
    const apply = (moves: readonly Move[]): Promise<ApplyResult[]> => {
      const isFirst = moves[0]?.name === 'heartbeat' && (beats += 1) === 1;
      return isFirst ? Promise.resolve([{ kind: 'failed', retryable: true }]) : ledger.apply(moves);
    };
    given.ports = { ...given.ports, ledger: { ...ledger, apply } };
    expect(await given.runToTheEnd()).toMatchObject({ status: 'succeeded', fence: 1 });
    expect(beats).toBeGreaterThan(1);
  });

  test.each([
    ['was ended', { status: 'retrying' }],
    ['was taken over', { fence: 2, owner: 'other' }],
  ] as const)(
    'of an attempt that %s elsewhere stops the handler at once, and changes nothing [S4]',
    async (_, fields) => {
      const given = new Given([{ onAbort: failing('AbortError') }], { timeoutMs: HOUR });
      await given.submit();
      const { attempt } = await given.begin();
      const item = { ...given.task(), ...fields };
      given.world.store.items.set('alpha/one', item);
      const fromMs = given.nowMs;
      await given.until(attempt);
      expect(given.nowMs - fromMs).toBeLessThan(25_000);
      expect(given.task()).toEqual(item);
    },
  );

  test('carries progress as often as there is news, and is not sent without', async () => {
    const given = new Given([{ lastsMs: 50_000, outcome: FINE }]);
    const { ledger } = given.ports;
    const beats: unknown[] = [];
    const apply = (moves: readonly Move[]): Promise<ApplyResult[]> => {
      if (moves[0]?.name === 'heartbeat') {
        beats.push(moves[0].set.progress?.percent);
        if (beats.length === 1) given.requests[0]!.onProgress({ percent: 2 }); // while the first is on its way
      }
      return ledger.apply(moves);
    };
    given.ports = { ...given.ports, ledger: { ...ledger, apply } };
    await given.submit();
    const { attempt } = await given.begin();
    given.requests[0]!.onProgress({ percent: 1 });
    await given.until(attempt);
    expect(beats).toEqual([1, 2]);
  });

  test('pulls a due back that lies too late [S18]', async () => {
    const given = new Given([{ lastsMs: 40_000, outcome: FINE }], { timeoutMs: HOUR });
    await given.submit();
    const { attempt } = await given.begin();
    const item = { ...given.task(), dueMs: given.nowMs + HOUR };
    given.world.store.items.set('alpha/one', item);
    await given.pass(30_000);
    const { dueMs, leaseUntilMs } = given.task();
    expect(leaseUntilMs).toBeGreaterThan(item.leaseUntilMs!);
    expect(dueMs).toBe(leaseUntilMs! + 3_000);
    await given.until(attempt);
  });
});
