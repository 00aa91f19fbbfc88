// What the compiler says to an app: the payload belongs to the type, and so does the result.
import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';

test('a payload, a type, a result or a token that does not exist does not compile', () => {
  const compiler = dirname(createRequire(import.meta.url).resolve('@typescript/native/package.json'));
  const project = join(import.meta.dirname, 'fixtures', 'broken', 'tsconfig.json');
  const run = spawnSync(process.execPath, [join(compiler, 'bin', 'tsc'), '--pretty', 'false', '-p', project]);
  const complaints = run.stdout.toString() + run.stderr.toString();
  expect(complaints).toMatch(/wrong-calls\.ts\(5,.*'nam'/);
  expect(complaints).toMatch(/wrong-calls\.ts\(6,.*'number'.*'string'/);
  expect(complaints).toMatch(/wrong-calls\.ts\(7,.*"gret"/);
  expect(complaints).toMatch(/wrong-calls\.ts\(8,.*'string'.*'number'/);
  expect(complaints).toMatch(/wrong-calls\.ts\(10,.*'txt'/);
  expect(complaints).toMatch(/wrong-calls\.ts\(11,.*'failureRate'/);
  expect(complaints).toMatch(/wrong-calls\.ts\(12,.*=> number.*'Token/);
  expect(complaints.match(/^\S+: error/gm)).toHaveLength(7);
});
