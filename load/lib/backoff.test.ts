/** The judge of retry runs, held against tasks that keep and break the policy. What k6 does with it is in retry.ts. */
import type { TaskDetail, TypePolicy } from '@holdfast/api/types';
import { describe, expect, test } from 'vitest';
import type { Fate } from './backoff.ts';
import { isWithin, positionOf, waitsOf, wrongAttempts } from './backoff.ts';

const policy: TypePolicy = {
  ...{ maxAttempts: 3, timeoutSeconds: 60, maxAgeSeconds: 86_400 },
  backoff: { floorSeconds: 0.1, baseSeconds: 1, capSeconds: 1.5 },
};

const BEGAN_MS = Date.UTC(2026, 10, 21);
const at = (ms: number): string => new Date(BEGAN_MS + ms).toISOString();

type Outcome = TaskDetail['attempts'][number]['outcome'];

/** Each attempt takes 10 ms, and announces and keeps the wait that stands beside it. */
function taskOf(status: TaskDetail['status'], ...attempts: [Outcome, number?][]): TaskDetail {
  let nowMs = 0;
  const told = attempts.map(([outcome, delayMs], index) => {
    const startedAt = at(nowMs);
    nowMs += 10 + (delayMs ?? 0);
    const endedAt = at(nowMs - (delayMs ?? 0));
    return { fence: index + 1, attempt: index + 1, startedAt, endedAt, outcome, delayMs: delayMs ?? null };
  });
  return { status, attempts: told } as unknown as TaskDetail;
}

const waits = waitsOf(taskOf('dead', ['failed', 150], ['failed', 1_200], ['failed']), policy);

test('each wait has the announced and the real length, and a range that doubles up to the cap', () => {
  expect(waits).toEqual([
    { retry: 1, announcedMs: 150, waitedMs: 150, floorMs: 100, ceilingMs: 1_000 },
    { retry: 2, announcedMs: 1_200, waitedMs: 1_200, floorMs: 100, ceilingMs: 1_500 },
  ]);
  expect(waits.map(positionOf)).toEqual([0.15, 0.8]);
});

test.each([
  [99, false],
  [100, true],
  [1_000, true],
  [1_001, false],
])('a first wait of %i ms is within the policy: %s', (announcedMs, within) => {
  expect(isWithin({ ...waits[0]!, announcedMs })).toBe(within);
});

describe('attempts', () => {
  const once: [Outcome, number?][] = [['failed']];
  const thrice: [Outcome, number?][] = [['failed', 100], ['failed', 100], ['failed']];
  const second: [Outcome, number?][] = [['failed', 100], ['succeeded']];

  test.each<[Fate, TaskDetail]>([
    ['fails', taskOf('dead', ...thrice)],
    ['fails for good', taskOf('dead', ...once)],
    ['may succeed', taskOf('succeeded', ...second)],
    ['may succeed', taskOf('dead', ...thrice)],
  ])('of a task that %s are right when the policy was kept', (fate, task) => {
    expect(wrongAttempts(task, fate, policy)).toBeUndefined();
  });

  test.each<[string, Fate, TaskDetail]>([
    ['one too few', 'fails', taskOf('dead', ...thrice.slice(1))],
    ['one too many', 'fails', taskOf('dead', ...once, ...thrice)],
    ['a retry of a permanent failure', 'fails for good', taskOf('dead', ...thrice)],
    ['a success that was none', 'fails', taskOf('succeeded', ...second)],
    ['two successes', 'may succeed', taskOf('succeeded', ['succeeded', 100], ['succeeded'])],
    ['a lost attempt', 'may succeed', taskOf('succeeded', ['lost', 100], ['succeeded'])],
    ['a success without an attempt', 'may succeed', taskOf('succeeded')],
  ])('are wrong with %s', (_, fate, task) => {
    expect(wrongAttempts(task, fate, policy)).toMatch(/^\w+ after .*, not \w+ after/);
  });

  test('are wrong when one of them is missing between the others', () => {
    const [first, , third] = taskOf('dead', ...thrice).attempts;
    expect(wrongAttempts({ ...taskOf('dead'), attempts: [first!, third!] }, 'fails', policy)).toContain('3 (fence 3)');
  });
});
