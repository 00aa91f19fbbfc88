import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const BROWSER = join(import.meta.dirname, 'browser.mjs');

test('a CHROME_PATH without a browser is said, not replaced by another browser', () => {
  const env = { ...process.env, CHROME_PATH: '/nowhere/chromium' };
  const { status, stdout, stderr } = spawnSync(process.execPath, [BROWSER], { encoding: 'utf8', env });
  expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
  expect(stderr).toBe('CHROME_PATH is /nowhere/chromium, and no browser starts there. Correct or remove it.\n');
});
