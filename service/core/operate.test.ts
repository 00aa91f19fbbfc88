import { describe, expect, test } from 'vitest';
import { failing, FINE, Given } from '../testing/given.ts';
import { idempotencyKeyOf } from './identity.ts';
import { cancelTask, discardTask, redriveTask } from './operate.ts';
import { LedgerUnavailable, sleep } from './ports.ts';
import { Refusal } from './refusal.ts';

const KEY = { tenant: 'alpha', taskId: 'one' };
const ME = { subject: 'me', reason: 'because' };
const dead = async (): Promise<Given> => {
  const given = new Given([{ outcome: failing('ValidationError') }, { outcome: FINE }]);
  await given.runToTheEnd();
  return given;
};
const refused = (code: string) => expect.objectContaining({ name: 'Refusal', code }) as unknown;

describe('cancel', () => {
  test('of a ready task is final at once, and its bell finds nothing to do [S10]', async () => {
    const given = new Given();
    await given.submit({ delaySeconds: 60 });
    const task = await given.until(cancelTask(given.desk, KEY, ME));
    expect(task).toMatchObject({
      status: 'cancelled',
      history: [{ subject: 'me', move: 'cancel', reason: 'because' }],
    });
    await given.attend();
    expect(given.requests).toEqual([]);
  });

  test('of a running task stops its handler here at once, and the task is cancelled [S10]', async () => {
    const given = new Given([{ onAbort: failing('AbortError') }]);
    await given.submit();
    const { attempt } = await given.begin();
    const requested = await given.until(cancelTask(given.desk, KEY, ME));
    expect(requested).toMatchObject({ status: 'running', cancelRequested: true });
    const requestedAtMs = given.nowMs;
    await given.until(attempt);
    expect(given.task()).toMatchObject({ status: 'cancelled', failures: 0 });
    expect(given.nowMs - requestedAtMs).toBeLessThan(1_000);
  });

  test('loses against work that is done', async () => {
    const given = new Given([{ lastsMs: 500, outcome: FINE }]);
    await given.submit();
    const { attempt } = await given.begin();
    await given.until(cancelTask({ ...given.desk, running: { stop: () => undefined } as never }, KEY, ME));
    await given.until(attempt);
    expect(given.task()).toMatchObject({ status: 'succeeded' });
    expect(given.task().cancelRequested).toBeUndefined();
  });

  test('of a final task is refused with its status', async () => {
    const given = await dead();
    await expect(given.until(cancelTask(given.desk, KEY, ME))).rejects.toEqual(refused('task-final'));
  });

  test('under an old version is refused, and of nobody not found', async () => {
    const given = new Given();
    await given.submit();
    const stale = cancelTask(given.desk, KEY, { ...ME, ifVersion: 7 });
    await expect(given.until(stale)).rejects.toEqual(refused('stale-version'));
    const nobody = cancelTask(given.desk, { ...KEY, tenant: 'beta' }, ME);
    await expect(given.until(nobody)).rejects.toEqual(refused('not-found'));
  });
});

describe('redrive', () => {
  test('gives a dead task a new budget under the same line of fences [S2][S3]', async () => {
    const given = await dead();
    const task = await given.until(redriveTask(given.desk, KEY, ME));
    expect(task).toMatchObject({ status: 'queued', budgetBase: 1, fence: 1, history: [{ move: 'redrive' }] });
    await given.attend();
    expect(given.task()).toMatchObject({ status: 'succeeded', fence: 2 });
    const [first, second] = given.requests.map(({ task }) => idempotencyKeyOf(task));
    expect(second).not.toBe(first);
  });

  test('of a task that was too often killed forgets its crashes and its end, and nothing else [S13]', async () => {
    const given = new Given([{}], { timeoutMs: 4_000 });
    const { finishedAtMs, purgeAtMs, suspect, announcement, ...kept } = await given.runToTheEnd({ isolated: true });
    expect({ finishedAtMs, purgeAtMs, suspect, announcement, ...kept }).toMatchObject({ crashes: 3, lostInRow: 3 });
    const task = await given.until(redriveTask(given.desk, KEY, ME));
    const nowMs = task.updatedAtMs;
    const set = {
      status: 'queued',
      version: kept.version + 1,
      crashes: 0,
      lostInRow: 0,
      dueMs: expect.any(Number) as number,
    };
    const moments = { notBeforeMs: nowMs, updatedAtMs: nowMs, expiresAtMs: nowMs + 86_400_000 };
    const history = [
      { atMs: nowMs, subject: 'me', move: 'redrive', reason: 'because', moveId: expect.any(String) as string },
    ];
    expect(task).toEqual({ ...kept, ...set, ...moments, history });
  });

  test('twice at once has one winner', async () => {
    const given = await dead();
    const both = Promise.allSettled([redriveTask(given.desk, KEY, ME), redriveTask(given.desk, KEY, ME)]);
    const outcomes = await given.until(both);
    expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(outcomes.find(({ status }) => status === 'rejected')).toMatchObject({ reason: { code: 'not-dead' } });
    expect(given.task().history).toHaveLength(1);
  });

  test('of a death that nobody was told of yet is refused, to be tried again', async () => {
    const given = new Given([{ outcome: failing('ValidationError') }]);
    given.ports = { ...given.ports, deadLetters: { announce: (tasks) => Promise.resolve(tasks.map(() => 'failed')) } };
    await given.runToTheEnd();
    await expect(given.until(redriveTask(given.desk, KEY, ME))).rejects.toEqual(refused('not-announced-yet'));
  });

  test('whose reply was lost is recognised by its id and not made twice', async () => {
    const given = await dead();
    const { ledger } = given.ports;
    let isLost = false;
    given.ports = {
      ...given.ports,
      ledger: {
        ...ledger,
        apply: async (moves) => {
          const results = await ledger.apply(moves);
          if (isLost) return results;
          isLost = true;
          return [{ kind: 'failed', retryable: true }];
        },
      },
    };
    const task = await given.until(redriveTask(given.desk, KEY, ME));
    expect(task).toMatchObject({ status: 'queued', budgetBase: 1 });
    expect(task.history).toHaveLength(1);
  });
});

describe('a redrive whose reply was lost', () => {
  /** The write is made and not answered; then so many reads fail. */
  const withLostReply = async (reads: number): Promise<Given> => {
    const given = await dead();
    const { ledger } = given.ports;
    let failing = 0;
    const apply: typeof ledger.apply = async (moves) => {
      const results = await ledger.apply(moves);
      if (moves[0]?.name !== 'redrive') return results;
      failing = reads;
      return [{ kind: 'failed', retryable: true }];
    };
    const get: typeof ledger.get = (keys) => {
      failing -= 1;
      return failing >= 0 ? Promise.reject(new LedgerUnavailable('It is down.')) : ledger.get(keys);
    };
    given.ports = { ...given.ports, ledger: { ...ledger, apply, get } };
    return given;
  };

  test('is recognised though the ledger could not be read at once', async () => {
    const given = await withLostReply(6);
    const task = await given.until(redriveTask(given.desk, KEY, ME));
    expect(task).toMatchObject({ status: 'queued', budgetBase: 1, history: [{ move: 'redrive' }] });
    expect(given.bells.at(-1)?.taskId).toBe('one');
  });

  test('is unavailable when the ledger stays so, and its task runs nevertheless', async () => {
    const given = await withLostReply(100);
    await expect(given.until(redriveTask(given.desk, KEY, ME))).rejects.toThrow(LedgerUnavailable);
    expect(given.task()).toMatchObject({ status: 'queued', budgetBase: 1 });
  });
});

describe('a ledger that does not answer', () => {
  /** The redrive is never answered; each read after it fails after so long. Answers how many reads there were. */
  const readsUntilGivenUp = async (eachMs: number): Promise<{ reads: number; lastedMs: number }> => {
    const given = await dead();
    const { ledger, clock } = given.ports;
    let reads = 0;
    const get: typeof ledger.get = async (keys) => {
      reads += 1;
      if (reads === 1) return ledger.get(keys);
      await sleep(clock, eachMs);
      throw new LedgerUnavailable('It is down.');
    };
    const apply: typeof ledger.apply = () => Promise.resolve([{ kind: 'failed', retryable: true }]);
    given.ports = { ...given.ports, ledger: { ...ledger, get, apply } };
    const beganMs = given.nowMs;
    await expect(given.until(redriveTask(given.desk, KEY, ME))).rejects.toThrow(LedgerUnavailable);
    return { reads, lastedMs: given.nowMs - beganMs };
  };

  test('is read eight times at most', async () => {
    expect(await readsUntilGivenUp(0)).toMatchObject({ reads: 8 });
  });

  test('and not again once ten seconds are over', async () => {
    const { reads, lastedMs } = await readsUntilGivenUp(4_000);
    expect(reads).toBe(4);
    expect(lastedMs).toBeLessThan(13_000);
  });
});

describe('redrive with an edited payload', () => {
  const edit = { payload: '{"fixed":true}', payloadVersion: 1 };

  test('runs the edited one, and says so for good', async () => {
    const given = await dead();
    const editor = (type: string) => (type === 'quick' ? edit : { payload: type, payloadVersion: 0 });
    const task = await given.until(redriveTask(given.desk, KEY, { ...ME, editor }));
    expect(task).toMatchObject({ ...edit, payloadEdited: true, requestHash: given.task().requestHash });
    await given.attend();
    expect(given.requests.at(-1)?.task.payload).toBe(edit.payload);
    expect(given.task()).toMatchObject({ status: 'succeeded', payloadEdited: true });
  });

  test('that its type refuses changes nothing', async () => {
    const given = await dead();
    const before = given.task();
    const editor = () => {
      throw new Refusal('validation', 'One field is wrong.');
    };
    await expect(given.until(redriveTask(given.desk, KEY, { ...ME, editor }))).rejects.toEqual(refused('validation'));
    expect(given.task()).toEqual(before);
  });
});

describe('discard', () => {
  test('asked again changes nothing, as does a cancel that is already requested', async () => {
    const given = await dead();
    const discarded = await given.until(discardTask(given.desk, KEY, ME));
    expect(await given.until(discardTask(given.desk, KEY, ME))).toEqual(discarded);
    const other = new Given([{ lastsMs: 500, outcome: FINE }]);
    await other.submit();
    const { attempt } = await other.begin();
    const desk = { ...other.desk, running: { stop: () => undefined } as never };
    const requested = await other.until(cancelTask(desk, KEY, ME));
    expect(await other.until(cancelTask(desk, KEY, ME))).toEqual(requested);
    await other.until(attempt);
  });

  test('takes a dead task out of the inbox and keeps it readable; a redrive brings it back', async () => {
    const given = await dead();
    expect(await given.until(discardTask(given.desk, KEY, ME))).toMatchObject({ status: 'dead', discarded: true });
    const inbox = await given.until(given.ports.ledger.list({ tenant: 'alpha', list: 'dead', limit: 5 }));
    expect(inbox.tasks).toEqual([]);
    expect((await given.until(redriveTask(given.desk, KEY, ME))).discarded).toBeUndefined();
  });
});
