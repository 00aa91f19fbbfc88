import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { TaskTypeEntry } from '@holdfast/api/task-type';
import { expect, it } from 'vitest';
import { DEFAULT_POLICY, SECOND } from '../core/rules.ts';
import { systemClock } from '../platform.ts';
import type { BundledOwnTypes, LoadHandler } from './own-types.ts';
import { MOST_TIMEOUT_MS, openTypes } from './types.ts';

const entry = (type: string): TaskTypeEntry => ({
  ...{ type, title: type, description: '', payloadVersion: 1, payload: {}, result: {}, examples: [] },
});

function ownOf(handlers: Record<string, LoadHandler>, more: Partial<BundledOwnTypes> = {}): BundledOwnTypes {
  const names = Object.keys(handlers);
  const payloads = Object.fromEntries(names.map((name) => [name, Object.assign(() => true, { errors: null })]));
  return {
    types: names.map(entry),
    faulty: [],
    payloads: payloads as unknown as BundledOwnTypes['payloads'],
    handlers,
    ...more,
  };
}

const module =
  (more: object = {}) =>
  () =>
    Promise.resolve({ run: () => undefined, ...more });

it('a bundle holds every built-in type, and each of them can be run', async () => {
  const types = await openTypes(systemClock);
  const folders = readdirSync(join(import.meta.dirname, '../tasks'));
  expect(folders.filter((type) => types.versionsOf(type) === undefined || !types.handlerOf(type))).toEqual([]);
  expect(types.policyOf('http-request').maxAttempts).toBe(10);
});

it('a type of the installation stands beside them, and no time-out is longer than an invocation allows', async () => {
  const policy = { timeoutSeconds: 3_600, payloadVersions: [1, 2] };
  const types = await openTypes(systemClock, ownOf({ mail: module({ policy }) }));
  expect(types.handlerOf('mail')).toBeDefined();
  expect(types.versionsOf('mail')).toEqual([1, 2]);
  expect(types.policyOf('mail').timeoutMs).toBe(MOST_TIMEOUT_MS);
  expect(MOST_TIMEOUT_MS).toBe(280 * SECOND);
});

it.each<[string, LoadHandler, string]>([
  ['throws when it is imported', () => Promise.reject(new TypeError('no\nway')), 'TypeError: no way'],
  ['exports no run', () => Promise.resolve({}), 'Error: mail exports no function named run.'],
  ['has a policy that cannot be', module({ policy: { maxAttempts: 0 } }), 'RangeError: policy.maxAttempts must be'],
])('a handler that %s says so, and keeps no other from running', async (_, load, error) => {
  const types = await openTypes(systemClock, ownOf({ mail: load, fine: module() }));
  expect(types.loaded('mail')).toEqual({ error: expect.stringContaining(error) as string });
  expect([types.versionsOf('mail'), types.handlerOf('mail')]).toEqual([undefined, undefined]);
  expect(types.policyOf('mail')).toEqual(DEFAULT_POLICY);
  expect(types.versionsOf('fine')).toEqual([1]);
});

it('a handler that does not load in its time is one that cannot be loaded', async () => {
  const soon = { ...systemClock, timer: (_: number, run: () => void) => systemClock.timer(0, run) };
  const types = await openTypes(soon, ownOf({ mail: () => new Promise(() => undefined) }));
  expect(types.loaded('mail')).toEqual({ error: 'Error: mail did not load within its time.' });
});

it('of two handlers under one name neither runs', async () => {
  const faulty = [{ type: 'simulate', problem: 'simulate is a built-in type.' }];
  const types = await openTypes(systemClock, ownOf({}, { faulty }));
  expect([types.handlerOf('simulate'), types.versionsOf('simulate')]).toEqual([undefined, undefined]);
});
