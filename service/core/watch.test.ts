import { describe, expect, test } from 'vitest';
import { Given } from '../testing/given.ts';
import { READY_ITEM } from '../testing/given-items.ts';
import type { LedgerTask } from './task.ts';
import { Changes, settledTask } from './watch.ts';

const KEY = { tenant: 'alpha', taskId: 'one' };
const QUEUED = { status: 'queued' } as const;
const PENDING = { status: 'dead', announcement: 'pending' } as const;
const SETTLED = { status: 'dead', announcement: 'sent' } as const;

type Meanwhile = 'nothing' | 'it settles elsewhere' | 'it settles here' | 'who waits goes away';

/** Somebody waits for a task that is like this; 200 ms later something happens. The answer, and after how long it came. */
async function waited(waitMs: number, fields: Partial<LedgerTask>, meanwhile: Meanwhile) {
  const given = new Given();
  const changes = new Changes();
  const client = new AbortController();
  await given.submit();
  const becomes = (next: Partial<LedgerTask>) => given.world.store.items.set('alpha/one', { ...given.task(), ...next });
  becomes(fields);
  const fromMs = given.nowMs;
  const answered = settledTask(given.ports, KEY, { changes, waitMs, signal: client.signal });
  const timed = answered.then(({ status }) => [status, given.nowMs - fromMs] as const);
  await given.pass(200);
  if (meanwhile.startsWith('it settles')) becomes(SETTLED);
  if (meanwhile === 'it settles here') changes.notify([{ move: 'announced', task: given.task() }]);
  if (meanwhile === 'who waits goes away') client.abort();
  return given.until(timed);
}

describe('who waits for a task to settle', () => {
  test.each([
    ['is answered at once when it is settled', [9_000, SETTLED, 'nothing'], ['dead', 0, 100]],
    ['is answered when the time is up', [3_300, QUEUED, 'nothing'], ['queued', 3_300, 3_400]],
    ['is told at once of what happens here', [9_000, QUEUED, 'it settles here'], ['dead', 200, 300]],
    ['looks again after a second', [9_000, QUEUED, 'it settles elsewhere'], ['dead', 1_000, 1_100]],
    ['looks sooner while a death is announced', [9_000, PENDING, 'it settles elsewhere'], ['dead', 200, 300]],
    ['is answered when it goes away', [9_000, QUEUED, 'who waits goes away'], ['queued', 200, 300]],
  ] as const)('%s', async (...[, [waitMs, fields, meanwhile], [status, fromMs, toMs]]) => {
    const [answer, afterMs] = await waited(waitMs, fields, meanwhile);
    expect(answer).toBe(status);
    expect(afterMs).toBeGreaterThanOrEqual(fromMs);
    expect(afterMs).toBeLessThan(toMs);
  });
});

describe('the changes of a task', () => {
  const CHANGED = [{ move: 'claim', task: { ...READY_ITEM, ...KEY } }] as const;

  test('reach everyone who listens, also after another has left', () => {
    const changes = new Changes();
    const heard: string[] = [];
    const off = changes.on(KEY, () => heard.push('first'));
    changes.on(KEY, () => heard.push('second'));
    changes.notify(CHANGED);
    off();
    changes.notify(CHANGED);
    expect(heard).toEqual(['first', 'second', 'second']);
  });

  test('reach who came after the last had left, though that one leaves twice', () => {
    const changes = new Changes();
    let heard = 0;
    const off = changes.on(KEY, () => undefined);
    off();
    changes.on(KEY, () => (heard += 1));
    off();
    changes.notify(CHANGED);
    expect(heard).toBe(1);
  });
});
