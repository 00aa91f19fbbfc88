import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import load from '../package.json' with { type: 'json' };
import { findK6, pinnedVersion } from './find-k6.ts';

let folder: string;
let said: string[];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'holdfast-find-k6-'));
  mkdirSync(join(folder, 'bin'));
  said = [];
});
afterEach(() => rmSync(folder, { recursive: true }));

const put = (path: string, script: string): void => {
  mkdirSync(join(folder, path, '..'), { recursive: true });
  writeFileSync(join(folder, path), `#!/bin/sh\n${script}\n`);
  chmodSync(join(folder, path), 0o755);
};
const cached = `cache/v${pinnedVersion()}/k6`;
const find = () =>
  findK6({
    environment: { PATH: join(folder, 'bin') },
    goFolders: [join(folder, 'go')],
    cache: join(folder, 'cache'),
    say: (line) => said.push(line),
    interrupted: new AbortController().signal,
  });
const NEEDED = `Install k6 ${pinnedVersion()} or later`;

test('the types are those of the pinned k6', () => {
  expect(load.devDependencies['@types/k6']).toBe(pinnedVersion());
});

test('a k6 on PATH that fits is taken', async () => {
  put('bin/k6', 'echo "k6 v2.9.1 (go1.26.8, linux/amd64)"');
  expect(await find()).toEqual({ path: 'k6', version: '2.9.1' });
});

test('one that is too old is named, and the built one taken', async () => {
  put('bin/k6', 'echo "k6 v0.57.0 (go1.23.6, linux/amd64)"');
  put(cached, 'echo "k6 v2.2.0 (go1.26.8, linux/amd64)"');
  expect(await find()).toEqual({ path: join(folder, cached), version: '2.2.0' });
  expect(said).toEqual(['The k6 on PATH is 0.57.0, and the scenarios need 2.0.0 or later.']);
});

test('without k6 and Go, or with a Go that is too old, a sentence says what to install', async () => {
  await expect(find()).rejects.toThrow(`There is no usable k6 on PATH, and no Go to build one with. ${NEEDED}`);
  put('bin/go', 'echo "go: go.mod requires go >= 1.26 (running go 1.19; GOTOOLCHAIN=local)" >&2; exit 1');
  await expect(find()).rejects.toThrow('This Go cannot build k6: go: go.mod requires go >= 1.26');
});

test('what Go builds is taken, and a build that fails leaves nothing that looks like one', async () => {
  put('bin/go', '[ "$1" = version ] && exit 0; exit 2');
  await expect(find()).rejects.toThrow(`Go could not build k6; its reason stands above. ${NEEDED}`);
  const k6 = '#!/bin/sh\\necho "k6 v2.2.0 (fake)"\\n';
  put('bin/go', `[ "$1" = version ] && exit 0; printf '${k6}' > "$4"; /bin/chmod +x "$4"`);
  expect(await find()).toEqual({ path: join(folder, cached), version: '2.2.0' });
});

test('a Go that is installed but not on PATH is found', async () => {
  put('go/go', '[ "$1" = version ] && exit 0; exit 2');
  await expect(find()).rejects.toThrow('Go could not build k6');
});
