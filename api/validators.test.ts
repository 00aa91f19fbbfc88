// The promises of the validators: what they let in, what they refuse, and that refusing stays cheap.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { bodies, parameters, payloads } from './generated/validators.js';

const submit = bodies.TaskSubmit;
const faults = (body: unknown): string[] =>
  submit(body) ? [] : (submit.errors ?? []).map(({ instancePath, keyword }) => `${instancePath} ${keyword}`);

describe('a submitted task', () => {
  test('the smallest useful task is valid', () => {
    const body: unknown = JSON.parse('{"taskId":"task123","payload":{"data":"test data"}}');
    expect(faults(body)).toEqual([]);
    expect(payloads.simulate((body as { payload: unknown }).payload)).toBe(true);
  });

  test.each([
    ['null', null, ' type'],
    ['a list', [], ' type'],
    ['a text', 'x', ' type'],
    ['no payload', {}, ' required'],
    ['a list as payload', { payload: [] }, '/payload type'],
    ['an unknown field', { payload: {}, extra: 1 }, ' additionalProperties'],
    ["a server's field", { payload: {}, status: 'queued' }, ' additionalProperties'],
    ['a field that is not built yet', { payload: {}, orderingKey: 'a' }, ' additionalProperties'],
    ['runAt and delaySeconds', { payload: {}, runAt: '2026-01-01T00:00:00Z', delaySeconds: 1 }, ' not'],
    ['an id of 65 characters', { payload: {}, taskId: 'a'.repeat(65) }, '/taskId pattern'],
    ['an id with a line break at its end', { payload: {}, taskId: 'a\n' }, '/taskId pattern'],
    ['an id with a look-alike', { payload: {}, taskId: 'tаsk' }, '/taskId pattern'],
    ['text for a number', { payload: {}, delaySeconds: '5' }, '/delaySeconds type'],
    ['half a second', { payload: {}, delaySeconds: 0.5 }, '/delaySeconds type'],
    ['more than 30 days', { payload: {}, delaySeconds: 2592001 }, '/delaySeconds maximum'],
    ['a tag twice', { payload: {}, tags: ['a', 'a'] }, '/tags uniqueItems'],
    ['an upper case tag', { payload: {}, tags: ['A'] }, '/tags/0 pattern'],
  ])('%s is refused', (_, body, fault) => {
    expect(faults(body)).toEqual([fault]);
  });

  test.each([
    ['2026-02-30T00:00:00Z', false],
    ['2025-02-29T00:00:00Z', false],
    ['2100-02-29T00:00:00Z', false],
    ['2024-02-29T00:00:00Z', true],
    ['2000-02-29T23:59:59.999999999+14:00', true],
    ['2026-04-31T00:00:00Z', false],
    ['2026-01-01T24:00:00Z', false],
    ['2026-01-01T00:00:00', false],
    ['2026-01-01', false],
    ['2026-01-01 00:00:00Z', false],
    ['2026-01-01T00:00:00-23:59', true],
  ])('the moment %s is valid: %s', (runAt, isValid) => {
    expect(submit({ payload: {}, runAt })).toBe(isValid);
    if (isValid) expect(Date.parse(runAt)).not.toBeNaN();
  });

  test('fields that exclude each other are named', () => {
    submit({ payload: {}, runAt: '2026-01-01T00:00:00Z', delaySeconds: 1 });
    expect(submit.errors?.[0]?.message).toBe('must not have runAt and delaySeconds together');
  });

  test('a clumsy body gets up to 20 faults, an enormous one the first', () => {
    const clumsy = Object.fromEntries(Array.from({ length: 30 }, (_, n) => [`extra${n}`, n]));
    expect(faults(clumsy)).toHaveLength(20);
    expect(faults({ payload: {}, taskId: '!', tags: Array.from({ length: 60_000 }, (_, n) => `!${n}`) })).toHaveLength(
      1,
    );
  });
});

describe('a payload of simulate', () => {
  test.each([
    { failureClass: 'CRASH' },
    { misbehave: 'sulk' },
    { failureRate: 1.01 },
    { durationMs: -1 },
    { other: 1 },
  ])('%o is refused', (payload) => {
    expect(payloads.simulate(payload)).toBe(false);
  });
});

describe('a batch', () => {
  test('the envelope is strict, its items are left to be judged alone', () => {
    expect(bodies.BatchRequest({ tasks: [{}, null] })).toBe(true);
    expect(bodies.BatchRequest({ tasks: [] })).toBe(false);
    expect(bodies.BatchRequest({ tasks: Array.from({ length: 101 }, () => ({})) })).toBe(false);
    expect(bodies.BatchRequest({ tasks: [{}], extra: 1 })).toBe(false);
  });
});

describe('parameters', () => {
  test('decimal text becomes a number, absent parameters their default', () => {
    const query = { limit: '100' };
    expect(parameters.listTasks.query(query)).toBe(true);
    expect(query).toEqual({ limit: 100 });
    const nothing = {};
    expect(parameters.getTask.query(nothing)).toBe(true);
    expect(nothing).toEqual({ wait: 0 });
  });

  test.each(['-1', '0', '101', '1e1', '0x10', ' 5', '5.0', '', '05', '+5', '９'])('limit=%o is refused', (limit) => {
    expect(parameters.listTasks.query({ limit })).toBe(false);
  });

  test('unknown parameters are refused, other headers are not', () => {
    expect(parameters.getHealth.query({ verbose: '1' })).toBe(false);
    expect(parameters.getHealth.headers({ accept: '*/*' })).toBe(true);
  });

  test.each([
    ['a', true],
    [' ~'.repeat(127), true],
    ['a'.repeat(255), true],
    ['a'.repeat(256), false],
    ['', false],
    ['ä', false],
  ])('Idempotency-Key %o is valid: %s', (key, isValid) => {
    expect(parameters.submitTask.headers({ 'idempotency-key': key })).toBe(isValid);
  });

  test.each([
    ['"7"', true],
    ['*', true],
    ['7', false],
    ['W/"7"', false],
    ['"1", "2"', false],
  ])('If-Match %s is valid: %s', (tag, isValid) => {
    expect(parameters.redriveTask.headers({ 'if-match': tag })).toBe(isValid);
  });
});

test('generated validators stand alone: no import, no require, no eval', () => {
  for (const name of ['validators.js', 'response-validators.js']) {
    const text = readFileSync(join(import.meta.dirname, 'generated', name), 'utf8');
    expect(text).not.toMatch(/\brequire\(|\beval\(|new Function|^import /m);
  }
});
