import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const ROOT = join(import.meta.dirname, '..', '..');

test('every script of package.json is a command, and every command a script', () => {
  const { scripts } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
    scripts: Record<string, string>;
  };
  const named = Object.entries(scripts).map(([name, script]) => [
    name,
    script.replace('node service/toolchain/run.mjs ', ''),
  ]);
  expect(named).toEqual(Object.keys(scripts).map((name) => [name, name]));
  const { stderr } = spawnSync(process.execPath, [join(ROOT, 'service/toolchain/run.mjs')], { encoding: 'utf8' });
  const commands = /commands: (.*)\./.exec(stderr)?.[1]?.split(', ') ?? [];
  expect(commands.toSorted()).toEqual(Object.keys(scripts).toSorted());
});
