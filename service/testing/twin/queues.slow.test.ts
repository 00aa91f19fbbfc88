import { afterEach, beforeEach, expect, test } from 'vitest';
import { until } from '../given-pool.ts';
import { GivenTwin } from './given-twin.ts';

let given: GivenTwin;
beforeEach(() => (given = new GivenTwin()));
afterEach(() => given.stop());

const timesNoted = (line: string) => given.noted().filter((each) => each === line).length;

test('of a batch only what the function names comes again', async () => {
  await given.start();
  await given.send('Queue', 'one', 'fail', 'two');
  await until(() => given.noted().includes('fail done'));
  expect(['one 1', 'one 2', 'fail 2', 'two 2'].map(timesNoted)).toEqual([1, 0, 1, 0]);
  expect(given.noted()[0]).toMatch(/^(batch [123] 2 s|tick aws.events)$/);
});

test('a process that exits in mid-batch loses nothing', async () => {
  await given.start();
  await given.send('Queue', 'before', 'exit', 'after');
  await until(() => ['before done', 'exit done', 'after done'].every((line) => given.noted().includes(line)));
});

test('a container that is killed in mid-batch loses nothing', async () => {
  const twin = await given.start();
  await given.send('Queue', 'slow', 'other');
  await until(() => given.noted().includes('slow 1'));
  expect(await twin.kill('work')).toBeGreaterThan(0);
  await until(() => ['slow done', 'other done'].every((line) => given.noted().includes(line)));
  expect(given.noted()).toContain('slow 2');
});

test('an answer that names no message of the batch fails all of them', async () => {
  await given.start();
  await given.send('Queue', 'unknown');
  await until(() => given.noted().includes('unknown done'));
  expect(given.noted()).toContain('unknown 2');
});

test('a message that fails as often as its queue allows goes where the redrive policy says', async () => {
  await given.start();
  await given.send('Queue', 'poison');
  await until(() => given.noted().includes('gathered 1: poison'));
  expect(timesNoted('poison 3')).toBe(1);
  expect(timesNoted('poison 4')).toBe(0);
});

test('a window gathers what comes within it', async () => {
  await given.start();
  for (let i = 0; i < 5; i += 1) await given.send('Gathered', ...Array.from({ length: 10 }, (_, j) => `m${i}-${j}`));
  await until(
    () =>
      given
        .noted()
        .join(' ')
        .match(/m\d-\d/g)?.length === 50,
  );
  expect(given.noted().filter((line) => line.startsWith('gathered')).length).toBeLessThanOrEqual(2);
});

test('messages of a batch come in another order when a test wants that', async () => {
  let next = 1;
  await given.start({ shuffle: () => (next -= 0.001) });
  await given.send('Gathered', ...'a b c d e f g h i j'.split(' '));
  const batches = () => given.noted().flatMap((line) => /^gathered \d+: (.*)/.exec(line)?.slice(1) ?? []);
  await until(() => batches().join('').replaceAll(' ', '').length === 10);
  for (const batch of batches()) expect(batch).toBe([...batch.split(' ')].sort().reverse().join(' '));
  expect(Math.max(...batches().map((batch) => batch.length))).toBeGreaterThan(1);
});

test('messages that were waiting are gone with the emulator, and its queues are there again', async () => {
  const twin = await given.start();
  await twin.loseAllMessages();
  await given.send('Queue', 'later');
  await until(() => given.noted().includes('later done'));
});

test('an invocation beyond what is reserved is throttled', async () => {
  const twin = await given.start();
  const outcomes = await Promise.all([1, 2].map(() => twin.invoke('incident', { Records: [] })));
  expect(outcomes.map(({ kind }) => kind)).toEqual(['answered', 'throttled']);
});

test('the schedule invokes at once and again', async () => {
  await given.start({ scheduleEveryMs: 100 });
  await until(() => timesNoted('tick aws.events') >= 3);
});
