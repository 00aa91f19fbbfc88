import { describe, expect, test } from 'vitest';
import { DYING, endOf, FINAL, NO_LEASE, STAMPED } from '../testing/given-changes.ts';
import { CANCELLING_ITEM, LATER, LATER_MS, RUNNING_ITEM } from '../testing/given-items.ts';
import { changed } from './move.ts';
import { reap } from './reap-move.ts';
import type { LedgerTask } from './task.ts';

describe('a reap', () => {
  const reaped = (cause: 'lost' | 'overran' | 'server', item: LedgerTask = RUNNING_ITEM) =>
    changed(reap(item, { cause, owner: 'nobody', random: 0.5, known: true }, LATER), item);
  const of = (code: string, more: object = {}) => ({ class: code === 'overran' ? 'TIMEOUT' : 'CRASH', code, ...more });
  const LOST = of('process-lost', { atMs: LATER_MS, message: expect.stringContaining('lost') as string });
  const ENDED = { ...STAMPED, ...NO_LEASE, version: 8, owner: 'nobody', progress: undefined };

  test('of a task that was lost beside others charges nobody, and runs it alone after a while [S13]', () => {
    const untilMs = LATER_MS + 1_000;
    expect(reaped('lost')).toEqual({
      ...{ ...RUNNING_ITEM, ...ENDED, status: 'retrying', suspect: true, lostInRow: 2, lastFailure: LOST },
      ...{ notBeforeMs: untilMs, dueMs: untilMs + 30_000, waiting: { reason: 'crash-backoff', untilMs } },
      attempts: [endOf('lost', of('process-lost', { delayMs: 1_000 }))],
    });
  });

  type Charged = readonly [string, 'lost' | 'overran' | 'server', Partial<LedgerTask>, readonly unknown[]];

  test.each<Charged>([
    ['lost alone', 'lost', { suspect: true }, [2, true, 'process-lost']],
    ['killed for its overrun', 'overran', {}, [2, true, 'overran']],
    ['lost with the server', 'server', {}, [1, undefined, 'process-lost']],
    ['lost with the server, alone', 'server', { suspect: true }, [1, true, 'process-lost']],
    ['lost with the server for the third time', 'server', { lostInRow: 2 }, [1, true, 'process-lost']],
  ])('of a task that was %s charges as it should [S13]', (...[, cause, fields, charged]) => {
    const { status, crashes, suspect, lastFailure } = reaped(cause, { ...RUNNING_ITEM, ...fields });
    expect([status, crashes, suspect, lastFailure?.code]).toEqual(['retrying', ...charged]);
  });

  test.each([
    ['the third crash', { crashes: 2, suspect: true }, 'ran alone'],
    ['the tenth loss in a row', { lostInRow: 9 }, '10 times in a row'],
  ] as const)('after %s is the end, to be announced [S6][S7]', (_, fields, words) => {
    const dead = reaped('lost', { ...RUNNING_ITEM, ...fields });
    const { status, announcement, finishedAtMs, dueMs } = DYING;
    expect(dead).toMatchObject({ status, announcement, finishedAtMs, dueMs, ...ENDED, attempts: [endOf('lost')] });
    expect(dead.lastFailure).toEqual({ ...LOST, message: expect.stringContaining(words) as string });
  });

  test('of an overrun says so, and of a task whose cancel is requested cancels it [S10]', () => {
    const waiting = { reason: 'backoff', untilMs: 1 } as const;
    const cancelling = { ...CANCELLING_ITEM, waiting };
    const { attempts, ...left } = reaped('overran', cancelling);
    expect(attempts).toEqual([endOf('timed-out', of('overran'))]);
    const status = { status: 'cancelled', crashes: 2, lostInRow: 2, suspect: true };
    const gone = { waiting: undefined, checkpoint: undefined, attempts: undefined };
    expect(left).toEqual({ ...cancelling, ...ENDED, ...FINAL, ...status, ...gone });
    const message = expect.stringContaining('time-out') as string;
    expect(reaped('overran').lastFailure).toEqual({ class: 'TIMEOUT', code: 'overran', message, atMs: LATER_MS });
  });
});
