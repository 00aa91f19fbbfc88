import { expect, it } from 'vitest';
import type { Component } from './sbom.ts';
import { sbomOf, sbomText } from './sbom.ts';
import type { Place } from './shipped.ts';
import { PLACES } from './shipped.ts';
import { readLock, readManifests } from './lock.ts';

const made = (sourceDateEpoch?: string, place: Place = 'dist') =>
  sbomOf({ lock: readLock(), manifest: readManifests()['']!, place, sourceDateEpoch });

it('names every package of others that leaves the house, with its hash and its licence', () => {
  const { components } = made();
  const shown = ({ purl, scope, licenses }: Component) => `${purl} ${scope} ${JSON.stringify(licenses)}`;
  const kit = components.find(({ purl }) => purl.startsWith('pkg:npm/%40sveltejs/kit@'));
  expect(kit).toMatchObject({ group: '@sveltejs', name: 'kit', scope: 'required', type: 'library' });
  const names = ['hono', 'ws', 'openapi-fetch', 'svelte', 'uplot', 'lucide', 'swagger-ui-dist', 'jose', 'ipaddr.js'];
  for (const name of names) expect(components.map(({ name: each }) => each)).toContain(name);
  expect(components.map(shown).filter((line) => line.includes(' excluded '))).toEqual([
    expect.stringMatching(/^pkg:npm\/%40scarf\/scarf@/),
    expect.stringMatching(/^pkg:npm\/openapi-typescript-helpers@/),
  ]);
  for (const { hashes, version, licenses } of components) {
    expect(hashes).toEqual([{ alg: 'SHA-512', content: expect.stringMatching(/^[0-9a-f]{128}$/) as string }]);
    expect(version).toMatch(/^\d+\.\d+\.\d+/);
    expect(JSON.stringify(licenses)).toMatch(/"(?:id|expression)":"[A-Z0-9]/);
  }
});

it('names no compiler and no test tool', () => {
  const names = made().components.map(({ name }) => name);
  for (const name of ['vite', 'esbuild', 'typescript', 'vitest', 'acorn', 'node']) expect(names).not.toContain(name);
});

it('of one machine names nothing of AWS, and of the functions nothing that they do not hold', () => {
  const namesOf = (place: Place) =>
    made(undefined, place).components.map(({ group, name }) => `${group ?? ''}/${name}`);
  expect(namesOf('dist').filter((name) => /^@(?:aws-sdk|smithy|aws)\//.test(name))).toEqual([]);
  expect(namesOf('functions')).toEqual(
    expect.arrayContaining(['@aws-sdk/client-sqs', '@smithy/core', '/hono', '/jose']),
  );
  for (const name of ['/ws', '/svelte', '/swagger-ui-dist', '@hono/node-server'])
    expect(namesOf('functions')).not.toContain(name);
});

it.each(PLACES)('says who needs whom, by references that are there: %s', (place) => {
  const { components, dependencies } = made(undefined, place);
  const refs = ['pkg:npm/holdfast@0.1.0', ...components.map((each) => each['bom-ref'])];
  expect(new Set(refs).size).toBe(refs.length);
  expect(dependencies.map(({ ref }) => ref)).toEqual(refs);
  for (const { dependsOn } of dependencies) for (const ref of dependsOn) expect(refs).toContain(ref);
  const reached = new Set(refs.slice(0, 1));
  for (const ref of reached)
    for (const each of dependencies.find((one) => one.ref === ref)!.dependsOn) reached.add(each);
  expect([...reached].sort()).toEqual([...refs].sort());
});

it('is the same for the same lock, and tells a time only when it is given one', () => {
  expect(sbomText('dist')).toBe(sbomText('dist'));
  expect(JSON.stringify(made())).not.toContain('timestamp');
  expect(JSON.stringify(made())).not.toContain('serialNumber');
  expect(made('1767225600')).toMatchObject({ metadata: { timestamp: '2026-01-01T00:00:00.000Z' } });
});
