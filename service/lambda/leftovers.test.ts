import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, it } from 'vitest';
import { watchLeftovers } from './leftovers.ts';

it('a process in which nothing runs on is as it was', async () => {
  const isAnythingLeft = watchLeftovers();
  await new Promise((resolve) => setTimeout(resolve, 1));
  expect(isAnythingLeft()).toBe(false);
});

it('a timer that was not ended is left', () => {
  const isAnythingLeft = watchLeftovers();
  const timer = setInterval(() => undefined, 1_000);
  expect(isAnythingLeft()).toBe(true);
  clearInterval(timer);
  expect(isAnythingLeft()).toBe(false);
});

it('a process that was not ended is left', async () => {
  const isAnythingLeft = watchLeftovers();
  const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'ignore' });
  expect(isAnythingLeft()).toBe(true);
  child.kill();
  await once(child, 'exit');
});
