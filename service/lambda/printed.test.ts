import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { capturePrinted } from './printed.ts';

let told: string[] = [];
let release = (): void => undefined;
beforeEach(() => {
  told = [];
  release = capturePrinted((line) => told.push(line));
});
afterEach(() => release());

it('whatever a handler prints is told, however it prints it, with secrets masked', () => {
  console.log('one %s', 'two', { three: 3 });
  console.error('four');
  process.stdout.write('fi');
  process.stderr.write(Buffer.from('ve\n'));
  console.info('password=hunter2hunter2');
  expect(told).toEqual(['one two { three: 3 }', 'four', 'five', 'password=***']);
});

it('whoever waits for a write goes on', async () => {
  const { promise, resolve } = Promise.withResolvers<undefined>();
  expect(process.stdout.write('x\n', () => resolve(undefined))).toBe(true);
  await promise;
});

it('the way back leaves all as it was', () => {
  release();
  const log = vi.spyOn(process.stdout, 'write').mockReturnValue(true);
  process.stdout.write('line\n');
  expect(log).toHaveBeenCalledOnce();
  log.mockRestore();
  expect(told).toEqual([]);
});
