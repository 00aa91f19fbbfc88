import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import manifest from '../../package.json' with { type: 'json' };

test('every script of package.json is a command, and every command has a script', () => {
  const text = readFileSync(join(import.meta.dirname, 'run.mjs'), 'utf8');
  const table = /^const COMMANDS = \{\n(.*?)^\};/ms.exec(text)![1]!;
  const commands = [...table.matchAll(/^ {2}'?([\w:]+)'?: /gm)].map(([, name]) => name!);
  const scripts = Object.values(manifest.scripts).flatMap((line) => /run\.mjs ([\w:]+)/.exec(line)?.[1] ?? []);
  expect(commands.sort()).toEqual([...new Set(scripts)].sort());
});
