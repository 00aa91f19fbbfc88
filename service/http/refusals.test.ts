import type { Problem } from '@holdfast/api/types';
import { describe, expect, it } from 'vitest';
import { openDoor } from './door-under-test.ts';

const JSON_TYPE = { 'content-type': 'application/json' };
const TASK = { taskId: 'one', payload: {} };
const nested = (levels: number): unknown => (levels === 0 ? 1 : [nested(levels - 1)]);
const utf16 = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, 'utf16le'));
const chunks = (count: number): ReadableStream =>
  ReadableStream.from(Array.from({ length: count }, () => new Uint8Array(10_000).fill(32)));

interface Row {
  readonly input: string;
  readonly line?: string;
  readonly body?: unknown;
  readonly headers?: Record<string, string>;
  readonly pointers?: readonly string[];
}

/** By the status and code that they get. */
type Table = Readonly<Record<string, readonly Row[]>>;

const TRANSPORT: Table = {
  '415 unsupported-media-type': [
    { input: 'text/plain', headers: { 'content-type': 'text/plain' }, body: '{}' },
    { input: 'no content type', headers: { 'content-type': '' }, body: '{}' },
    { input: 'a longer type', headers: { 'content-type': 'application/jsonp' }, body: '{}' },
    { input: 'gzip', headers: { ...JSON_TYPE, 'content-encoding': 'gzip' }, body: '{}' },
  ],
  '413 payload-too-large': [
    { input: 'a large body', body: ' '.repeat(278_529) },
    { input: 'a large body in chunks', body: chunks(30) },
    { input: 'a large reason', line: 'POST /tasks/one/cancel', body: chunks(1) },
  ],
  '404 not-found': [
    { input: 'an unknown path', line: 'GET /nothing' },
    { input: 'a trailing slash', line: 'GET /tasks/' },
  ],
  '405 method-not-allowed': [{ input: 'another method', line: 'DELETE /tasks/one' }],
};

const PARAMETERS: Table = {
  '400 unknown-parameter': [
    { input: 'an unknown parameter', line: 'GET /tasks?colour=red' },
    { input: 'a parameter where none is taken', line: 'GET /health?x' },
    { input: '__proto__ as parameter', line: 'GET /tasks?__proto__=1' },
  ],
  '400 invalid-parameter': [
    { input: 'limit=-1', line: 'GET /tasks?limit=-1' },
    { input: 'limit=0', line: 'GET /tasks?limit=0' },
    { input: 'limit=101', line: 'GET /tasks?limit=101' },
    { input: 'limit=1e1', line: 'GET /tasks?limit=1e1' },
    { input: 'limit twice', line: 'GET /tasks?limit=5&limit=5' },
    { input: 'an unknown status', line: 'GET /tasks?status=lost' },
    { input: 'wait=61', line: 'GET /tasks/one?wait=61' },
  ],
  '400 invalid-cursor': [
    { input: 'an empty cursor', line: 'GET /tasks?cursor=' },
    { input: 'a long cursor', line: `GET /tasks?cursor=${'a'.repeat(1_025)}` },
  ],
  '404 not-found': [
    { input: 'an id of 65 characters', line: `GET /tasks/${'a'.repeat(65)}` },
    { input: 'an id with a zero', line: 'GET /tasks/a%00b' },
    { input: 'an id with a slash', line: 'GET /tasks/a%2Fb' },
    { input: 'an id that climbs', line: 'GET /tasks/%2e%2e%2fhealth' },
    { input: 'an id that is no UTF-8', line: 'GET /tasks/%ff' },
  ],
  '400 invalid-idempotency-key': [
    { input: 'an empty Idempotency-Key', headers: { 'idempotency-key': '' }, body: TASK },
    { input: 'a long Idempotency-Key', headers: { 'idempotency-key': 'k'.repeat(256) }, body: TASK },
    {
      input: 'Idempotency-Key on a batch',
      line: 'POST /tasks/batch',
      headers: { 'idempotency-key': 'k' },
      body: { tasks: [TASK] },
    },
    { input: 'a bad header before bad JSON', headers: { 'idempotency-key': '' }, body: '{' },
  ],
  '400 invalid-header': [
    { input: 'a weak If-Match', line: 'POST /tasks/one/cancel', headers: { 'if-match': 'W/"1"' } },
    { input: 'a list in If-Match', line: 'POST /tasks/one/redrive', headers: { 'if-match': '"1", "2"' } },
  ],
};

const BODIES: Table = {
  '400 invalid-json': [
    { input: 'half an object', body: '{' },
    { input: 'an empty body', headers: JSON_TYPE, body: '' },
    { input: 'NaN', body: '{"payload":{"data":NaN}}' },
  ],
  '400 invalid-encoding': [
    { input: 'no UTF-8', body: new Uint8Array([123, 255, 125]) },
    { input: 'UTF-16', body: utf16(JSON.stringify(TASK)) },
    { input: 'UTF-16 with its mark', body: utf16(`\uFEFF${JSON.stringify(TASK)}`) },
  ],
  '400 duplicate-key': [{ input: 'a key twice', body: '{"payload":{},"payload":{}}' }],
  '400 invalid-unicode': [{ input: 'half a character', body: '{"payload":{"data":"\\ud800"}}' }],
  '400 forbidden-key': [
    { input: '__proto__', body: '{"payload":{"data":{"__proto__":{"x":1}}}}' },
    { input: 'constructor.prototype', body: '{"payload":{"data":{"constructor":{"prototype":1}}}}' },
  ],
  '400 json-too-deep': [{ input: '33 levels', body: { payload: { data: nested(31) } } }],
  '422 number-out-of-range': [{ input: 'a number that changes', body: '{"payload":{"data":9007199254740993}}' }],
  '422 validation': [
    { input: 'null', body: 'null', pointers: [''] },
    { input: 'an array', body: [], pointers: [''] },
    { input: 'a string', body: '"x"', pointers: [''] },
    { input: 'nothing required', body: {}, pointers: ['/payload'] },
    { input: 'a field of the server', body: { ...TASK, status: 'dead' }, pointers: ['/status'] },
    { input: 'a field that is not built', body: { ...TASK, orderingKey: 'a' }, pointers: ['/orderingKey'] },
    { input: 'an id with a zero width space', body: { ...TASK, taskId: 'a\u200bb' }, pointers: ['/taskId'] },
    { input: 'text for a number', body: { ...TASK, delaySeconds: '5' }, pointers: ['/delaySeconds'] },
    { input: 'both starts', body: { ...TASK, delaySeconds: 5, runAt: '2026-01-01T00:00:00Z' }, pointers: [''] },
    { input: 'a day that does not exist', body: { ...TASK, runAt: '2026-02-30T00:00:00Z' }, pointers: ['/runAt'] },
    { input: 'a time without a zone', body: { ...TASK, runAt: '2026-02-03T00:00:00' }, pointers: ['/runAt'] },
    { input: 'a start long past', body: { ...TASK, runAt: '2025-12-31T23:54:59Z' }, pointers: ['/runAt'] },
    { input: 'a start far ahead', body: { ...TASK, runAt: '2026-02-01T00:00:00Z' }, pointers: ['/runAt'] },
    {
      input: 'two faults of a payload',
      body: { payload: { failureRate: 2, misbehave: 'dance' } },
      pointers: ['/payload/failureRate', '/payload/misbehave'],
    },
    { input: 'an unknown field of a payload', body: { payload: { 'a/b~c': 1 } }, pointers: ['/payload/a~1b~0c'] },
    { input: 'a very long key', body: { payload: { ['k'.repeat(10_000)]: 1 } }, pointers: ['/payload'] },
    {
      input: 'a string built against the pattern',
      body: { ...TASK, taskId: `${'a'.repeat(50_000)}!` },
      pointers: ['/taskId'],
    },
    { input: 'an empty batch', line: 'POST /tasks/batch', body: { tasks: [] }, pointers: ['/tasks'] },
    {
      input: 'a batch of 101',
      line: 'POST /tasks/batch',
      body: { tasks: Array(101).fill(TASK) },
      pointers: ['/tasks'],
    },
    {
      input: 'an unknown field of a batch',
      line: 'POST /tasks/batch',
      body: { tasks: [TASK], mode: 'fast' },
      pointers: ['/mode'],
    },
    { input: 'an unknown field of a cancel', line: 'POST /tasks/one/cancel', body: { why: 'so' }, pointers: ['/why'] },
    {
      input: 'a long reason',
      line: 'POST /tasks/one/cancel',
      body: { reason: 'x'.repeat(201) },
      pointers: ['/reason'],
    },
  ],
  '422 unknown-task-type': [
    { input: 'an unknown type', body: { ...TASK, type: 'teleport' } },
    { input: 'a type named like a method', body: { ...TASK, type: 'constructor' } },
  ],
  '413 payload-too-large': [
    { input: 'a payload that prints long', body: `{"payload":{"data":[${'1e20,'.repeat(20_000)}1]}}` },
  ],
};

const rowsOf = (table: Table) =>
  Object.entries(table).flatMap(([expected, rows]) => rows.map((row) => ({ ...row, expected })));

describe.each([
  ['transport', TRANSPORT],
  ['parameters and headers', PARAMETERS],
  ['bodies', BODIES],
])('refused: %s', (_, table) => {
  it.each(rowsOf(table))(
    '$input: $expected',
    async ({ line = 'POST /tasks', body, headers = {}, expected, pointers }) => {
      const { ask, store } = openDoor();
      const answered = await ask<Problem>(line, body, { headers });
      expect(`${answered.status} ${answered.body.code}`).toBe(expected);
      if (pointers) expect(answered.body.errors?.map(({ pointer }) => pointer)).toEqual(pointers);
      expect(store.items.size).toBe(0);
    },
  );
});

describe('a refusal', () => {
  it('of a hostile body names at most 20 fields', async () => {
    const payload = Object.fromEntries(Array.from({ length: 50 }, (_, i) => [`key${i}`, i]));
    const { body } = await openDoor().ask<Problem>('POST /tasks', { payload });
    expect(body.errors).toHaveLength(20);
  });

  it('of a path id is byte for byte what an unknown id gets', async () => {
    const { ask } = openDoor();
    const headers = { 'x-request-id': 'same' };
    const unknown = await ask('GET /tasks/unknown', undefined, { headers });
    const impossible = await ask('GET /tasks/im%20possible', undefined, { headers });
    expect(impossible).toEqual(unknown);
  });

  it('of a method says which are allowed', async () => {
    const { ask } = openDoor();
    expect((await ask('PUT /tasks')).headers.get('allow')).toBe('GET, HEAD, OPTIONS, POST');
    expect((await ask('DELETE /tasks/batch')).headers.get('allow')).toBe('GET, HEAD, OPTIONS, POST');
    expect((await ask('GET /tasks/one/cancel')).headers.get('allow')).toBe('OPTIONS, POST');
    expect((await ask('POST /')).headers.get('allow')).toBe('GET, HEAD, OPTIONS');
  });
});
