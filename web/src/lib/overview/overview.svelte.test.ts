import type { Task } from '@holdfast/api/types';
import { beforeEach, expect, test } from 'vitest';
import { FakeClient } from './fake-client.ts';
import { NO_TASKS, statsLike } from './fixture.ts';
import { Overview } from './overview.svelte.ts';

let fake: FakeClient;
let overview: Overview;
beforeEach(async () => {
  fake = new FakeClient();
  overview = new Overview(fake.options);
  await fake.resync();
});

const task = (taskId: string): Task => ({ taskId }) as Task;

test('changes are asked about every 1.5 s at most, and not before an answer must know of them', async () => {
  fake.nowMs += 200;
  await fake.resync();
  await fake.resync();
  expect(fake.rests).toEqual([1_300, 1_500]);
  fake.nowMs += 60_000;
  await fake.resync();
  expect(fake.rests).toEqual([1_300, 1_500, 1_000]);
});

test('the dead are asked for again when a number about them has changed, or after a while', async () => {
  fake.nowMs += 2_000;
  await fake.resync();
  expect(fake.asked.page).toBe(1);
  fake.stats = statsLike({ tasks: { ...NO_TASKS, inbox: 8 } });
  await fake.resync();
  expect(fake.asked.page).toBe(2);
  fake.nowMs += 26_000;
  await fake.resync();
  expect(fake.asked.page).toBe(3);
});

test('what was known stays when nothing newer comes, and says so until something does', async () => {
  const known = overview.stats;
  fake.stats = new Error('out of order');
  await fake.resync();
  expect(overview.stats).toBe(known);
  expect([overview.isLost, overview.verdict(fake.nowMs).kind]).toEqual([true, 'lost']);
  fake.stats = statsLike();
  await fake.resync();
  expect([overview.isLost, overview.verdict(fake.nowMs).kind]).toEqual([false, 'well']);
});

test('a channel that is gone is no answer, until one comes over HTTP', async () => {
  fake.nowMs += 5_000;
  fake.connect('offline');
  expect(overview.verdict(fake.nowMs).kind).toBe('lost');
  await fake.resync();
  expect(overview.verdict(fake.nowMs).kind).toBe('well');
});

test('another window is asked for at once, and what is shown meanwhile is marked', async () => {
  overview.show('7d');
  expect(overview.isTurning).toBe(true);
  fake.stats = statsLike({ window: { ...statsLike().window, name: '7d' } });
  await fake.resync();
  expect([fake.rests, fake.asked.stats.at(-1), overview.isTurning]).toEqual([[], '7d', false]);
});

test('the dead stay where they are while somebody points at them', async () => {
  overview.hold(true);
  fake.dead = [task('newer')];
  fake.nowMs += 26_000;
  await fake.resync();
  expect(overview.dead).toEqual([]);
  overview.hold(false);
  expect(overview.dead).toEqual([task('newer')]);
});

test('it is read aloud when the verdict is of another kind, not when a number changes, and not at each turn', async () => {
  const first = overview.announced;
  expect(first).toContain('All is well');
  fake.nowMs += 60_000;
  fake.stats = statsLike({ totals: { ...statsLike().totals, accepted: 9_999 } });
  await fake.resync();
  expect(overview.announced).toBe(first);
  fake.stats = new Error('out of order');
  await fake.resync();
  const lost = overview.announced;
  expect(lost).toContain('does not answer');
  fake.stats = statsLike();
  await fake.resync();
  expect(overview.announced).toBe(lost);
});

test('a clock of this machine that is wrong makes nothing late', async () => {
  const since = new Date(Date.parse(statsLike().window.until) - 2_000).toISOString();
  fake.stats = statsLike({ oldestOverdue: { taskId: 'a', type: 'simulate', since } });
  fake.nowMs += 3_600_000;
  await fake.resync();
  expect(overview.verdict(fake.nowMs).kind).toBe('well');
});
