import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const COMMAND = join(import.meta.dirname, 'cost-command.ts');

test.each([
  [['--nonsense'], "Unknown option '--nonsense'"],
  [['1000'], "Unexpected argument '1000'"],
  [['--seed'], "Option '--seed <value>' argument missing"],
  [['--heat=yes'], "Option '--heat' does not take an argument"],
  [['--tasks', '0'], '--tasks takes a whole number above 0, not "0".'],
])('npm run cost -- %j is answered with a sentence and the usage, not a stack', (args, sentence) => {
  const { status, stdout, stderr } = spawnSync(process.execPath, [COMMAND, ...args], { encoding: 'utf8' });
  expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
  expect(stderr).toContain(sentence);
  expect(stderr).toMatch(/\nnpm run cost -- \[--tasks N\] \[--seed N\] \[--heat\]\n$/);
});
