import { expect, test } from 'vitest';
import { Given } from '../testing/given.ts';
import { reapLostWithServer } from './restart.ts';

test.each([
  ['all', [], 0],
  ['all but one', ['two'], 1],
  ['none', ['one', 'two', 'three'], 3],
])('a restart that ends %s of the lost attempts says how many are left', async (_, failing, left) => {
  const given = new Given([{}]);
  for (const taskId of ['one', 'two', 'three']) {
    await given.submit({ taskId });
    await given.begin();
  }
  given.abandon();
  const { ledger } = given.ports;
  const apply: typeof ledger.apply = (moves) =>
    Promise.all(
      moves.map(async (move) =>
        failing.includes(move.taskId) ? { kind: 'failed', retryable: true } : (await ledger.apply([move]))[0]!,
      ),
    );
  const ports = { ...given.ports, ledger: { ...ledger, apply } };
  const tasks = ['one', 'two', 'three'].map((taskId) => given.task(taskId));
  expect(await given.until(reapLostWithServer(ports, given.rules, tasks))).toBe(left);
  expect(tasks.filter(({ taskId }) => given.task(taskId).status === 'running').length).toBe(left);
});

test('a restart ends attempts at once and charges nobody; what is lost so for the third time runs alone [S13]', async () => {
  const given = new Given();
  await given.submit();
  const { items } = given.world.store;
  for (let lost = 1; lost <= 3; lost += 1) {
    expect(given.task().suspect).toBeUndefined();
    items.set('alpha/one', { ...given.task(), status: 'running', leaseUntilMs: given.nowMs + 9_999 });
    await given.until(reapLostWithServer(given.ports, given.rules, [given.task()]));
    expect(given.task()).toMatchObject({ status: 'retrying', lostInRow: lost, crashes: 0 });
  }
  expect(given.task().suspect).toBe(true);
  expect(given.bells.at(-1)?.lane).toBe('isolated');
});
