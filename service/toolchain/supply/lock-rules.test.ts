import { expect, it } from 'vitest';
import type { Lock, LockedPackage, Manifest } from './lock.ts';
import { readLock, readManifests } from './lock.ts';
import type { Locked, RuleName } from './lock-rules.ts';
import { lockFaults, RULES } from './lock-rules.ts';

const ours: Locked = { lock: readLock(), manifests: readManifests() };

/** Ours with one package changed in the lock; undefined takes a field away. */
function locked(path: string, change: { readonly [Field in keyof LockedPackage]?: LockedPackage[Field] | undefined }) {
  const changed = { ...ours.lock.packages[path], ...change };
  const packages = { ...ours.lock.packages, [path]: JSON.parse(JSON.stringify(changed)) as LockedPackage };
  return { ...ours, lock: { ...ours.lock, packages } };
}

/** Ours with one package.json changed, and the lock with it. */
function both(folder: string, change: Manifest): Locked {
  const manifests = { ...ours.manifests, [folder]: { ...ours.manifests[folder], ...change } };
  return { ...locked(folder, change), manifests };
}

const HONO = 'node_modules/hono';
const withService = (dependencies: Record<string, string>) =>
  both('service', { dependencies: { ...ours.manifests['service']!.dependencies, ...dependencies } });

/** By the rule that has to notice, and what it says. */
const BROKEN: readonly (readonly [RuleName, string, Locked])[] = [
  ['the lock is of version 3', 'is 2', { ...ours, lock: { ...ours.lock, lockfileVersion: 2 } satisfies Lock }],
  ['every package has a hash', HONO, locked(HONO, { integrity: undefined })],
  ['every package has a hash', HONO, locked(HONO, { integrity: 'sha1-2jmj7l5rSw0yVb/vlWAYkK/YBwk=' })],
  ['every package comes from the public registry', HONO, locked(HONO, { resolved: 'https://npm.example/hono.tgz' })],
  [
    'every package comes from the public registry',
    HONO,
    locked(HONO, { resolved: 'http://registry.npmjs.org/hono/-/hono-4.13.19.tgz' }),
  ],
  ['nobody asks for another place than a registry', 'ws', withService({ ws: 'git+https://git.example/ws.git' })],
  ['nobody asks for another place than a registry', 'ws', withService({ ws: 'websockets/ws' })],
  ['nobody asks for another place than a registry', 'ws', withService({ ws: 'file:../ws' })],
  [
    'nobody asks for another place than a registry',
    'x',
    locked('node_modules/vitest', { dependencies: { x: 'https://x.example/x' } }),
  ],
  ['our versions are exact', '^8.23.0', withService({ ws: '^8.23.0' })],
  ['our versions are exact', 'latest', withService({ ws: 'npm:ws@latest' })],
  ['no script of others runs that nobody has judged', HONO, locked(HONO, { hasInstallScript: true })],
  ['the licence of all that is shipped is known and allowed', 'of nobody', locked(HONO, { license: undefined })],
  ['the licence of all that is shipped is known and allowed', 'AGPL', locked(HONO, { license: 'AGPL-3.0-only' })],
  [
    'the licence of all that is shipped is known and allowed',
    'svelte',
    locked('node_modules/svelte', { license: 'UNLICENSED' }),
  ],
  ['the lock is of these package.json', 'others in the lock', locked('service', { dependencies: {} })],
  ['the lock is of these package.json', 'hono', locked(HONO, { version: '4.13.18' })],
];

it('the lock file brings what was reviewed, and nothing else', () => {
  expect(lockFaults(ours)).toEqual([]);
});

it.each(BROKEN)('%s, or it is said: %s', (rule, said, broken) => {
  const faults = lockFaults(broken).filter((each) => each.rule === rule);
  expect(faults.map(({ fault }) => fault).join('\n')).toContain(said);
});

it('each rule has been seen failing', () => {
  expect(new Set(BROKEN.map(([rule]) => rule))).toEqual(new Set(Object.keys(RULES)));
});
