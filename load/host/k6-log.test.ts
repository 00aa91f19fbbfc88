import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { expect, test } from 'vitest';
import { readK6Log } from './k6-log.ts';

test('what a script throws is counted, said once without its stack, and kept whole', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'holdfast-k6-log-'));
  const file = join(folder, 'k6.log');
  const thrown = { level: 'error', msg: 'Error: not ready\n\tat setup (file:///a.ts)\n', source: 'stacktrace' };
  const failed = { level: 'warning', msg: 'Request Failed', error: 'Get "http://a": request timeout' };
  const crossed = { level: 'error', msg: "thresholds on metrics 'errors' have been crossed" };
  const lines = [crossed, thrown, thrown, failed].map((line) => JSON.stringify(line)).join('\n');
  const said: string[] = [];
  const log = await readK6Log(Readable.from([`${lines}\n`]), file, (line) => said.push(line));
  expect(log).toEqual({ thrown: 2, reason: 'not ready' });
  expect(said).toEqual(['k6: not ready', 'k6: Request Failed: Get "http://a": request timeout']);
  expect(readFileSync(file, 'utf8')).toBe(`${lines}\n`);
  rmSync(folder, { recursive: true });
});
