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
    { input: 'a body of 10 MB', body: ' '.repeat(10_000_000) },
    { input: 'a large batch', line: 'POST /tasks/batch', body: ' '.repeat(1_048_577) },
    { input: 'a large body in chunks', body: chunks(30) },
    { input: 'a large reason', line: 'POST /tasks/one/cancel', body: chunks(1) },
  ],
  '404 not-found': [
    { input: 'an unknown path', line: 'GET /nothing' },
    { input: 'a trailing slash', line: 'GET /tasks/' },
    { input: 'a path in upper case', line: 'GET /TASKS' },
  ],
  '405 method-not-allowed': [
    { input: 'another method', line: 'DELETE /tasks/one' },
    { input: 'a method of no page', line: 'POST /' },
  ],
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
    { input: 'limit=1e3', line: 'GET /tasks?limit=1e3' },
    { input: 'limit=1e1', line: 'GET /tasks?limit=1e1' },
    { input: 'limit twice', line: 'GET /tasks?limit=5&limit=5' },
    { input: 'an unknown status', line: 'GET /tasks?status=lost' },
    { input: 'wait=61', line: 'GET /tasks/one?wait=61' },
  ],
  '400 invalid-cursor': [
    { input: 'a cursor that is garbage', line: 'GET /tasks?cursor=garbage' },
    { input: 'a cursor that is no base64', line: 'GET /tasks?cursor=%00%ff' },
    { input: 'an empty cursor', line: 'GET /tasks?cursor=' },
    { input: 'a long cursor', line: `GET /tasks?cursor=${'a'.repeat(1_025)}` },
  ],
  '404 not-found': [
    { input: 'an id of 65 characters', line: `GET /tasks/${'a'.repeat(65)}` },
    { input: 'an id with a zero', line: 'GET /tasks/a%00b' },
    { input: 'an id with a look-alike', line: `GET /tasks/${encodeURIComponent('tаsk')}` },
    { input: 'an id with a zero width space', line: 'GET /tasks/a%E2%80%8Bb' },
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
    { input: 'Infinity', body: '{"payload":{"data":-Infinity}}' },
    { input: 'a comma too many', body: '{"payload":{},}' },
    { input: 'a comment', body: '{"payload":{}} // thanks' },
    { input: 'two bodies', body: '{"payload":{}}{"payload":{}}' },
    { input: 'an unknown escape', body: '{"payload":{"data":"\\x41"}}' },
    { input: 'a raw line break in a string', body: '{"payload":{"data":"a\nb"}}' },
    { input: 'NaN', body: '{"payload":{"data":NaN}}' },
  ],
  '400 invalid-encoding': [
    { input: 'no UTF-8', body: new Uint8Array([123, 255, 125]) },
    { input: 'UTF-16', body: utf16(JSON.stringify(TASK)) },
    { input: 'UTF-16 with its mark', body: utf16(`\uFEFF${JSON.stringify(TASK)}`) },
  ],
  '400 duplicate-key': [
    { input: 'a key twice', body: '{"payload":{},"payload":{}}' },
    { input: 'a key twice, once escaped', body: '{"payload":{},"\\u0070ayload":{}}' },
    { input: 'a key twice inside the payload', body: '{"payload":{"data":[{"a":1,"a":1}]}}' },
  ],
  '400 invalid-unicode': [
    { input: 'half a character in a key', body: '{"payload":{"\\uDC00":1}}' },
    { input: 'half a character', body: '{"payload":{"data":"\\ud800"}}' },
  ],
  '400 forbidden-key': [
    { input: '__proto__, escaped', body: '{"\\u005f_proto__":{"payload":{}}}' },
    { input: '__proto__', body: '{"payload":{"data":{"__proto__":{"x":1}}}}' },
    { input: 'constructor.prototype', body: '{"payload":{"data":{"constructor":{"prototype":1}}}}' },
  ],
  '400 json-too-deep': [
    { input: '33 levels', body: { payload: { data: nested(31) } } },
    { input: '100 000 levels', body: '['.repeat(100_000) + ']'.repeat(100_000) },
    { input: '100 000 levels without end', body: '{"":'.repeat(50_000) },
  ],
  '422 number-out-of-range': [
    { input: 'an integer that changes', body: '{"payload":{"data":9007199254740993}}' },
    { input: 'a number that becomes infinite', body: '{"payload":{"data":1e400}}' },
    { input: 'a number that becomes zero', body: '{"payload":{"data":1e-400}}' },
    { input: 'a decimal that changes', body: '{"payload":{"data":0.12345678901234567890}}' },
  ],
  '422 validation': [
    { input: 'null', body: 'null', pointers: [''] },
    { input: 'a number', body: '1', pointers: [''] },
    { input: 'an array', body: [], pointers: [''] },
    { input: 'a string', body: '"x"', pointers: [''] },
    { input: 'nothing required', body: {}, pointers: ['/payload'] },
    { input: 'a field of the server', body: { ...TASK, status: 'dead' }, pointers: ['/status'] },
    { input: 'another tenant', body: { ...TASK, tenant: 'other' }, pointers: ['/tenant'] },
    { input: 'a fence', body: { ...TASK, fence: 7 }, pointers: ['/fence'] },
    { input: 'a field that is not built', body: { ...TASK, orderingKey: 'a' }, pointers: ['/orderingKey'] },
    { input: 'an id with a zero width space', body: { ...TASK, taskId: 'a\u200bb' }, pointers: ['/taskId'] },
    { input: 'text for a number', body: { ...TASK, delaySeconds: '5' }, pointers: ['/delaySeconds'] },
    { input: 'an id of 65 characters', body: { ...TASK, taskId: 'a'.repeat(65) }, pointers: ['/taskId'] },
    { input: 'an id with a look-alike', body: { ...TASK, taskId: 'tаsk' }, pointers: ['/taskId'] },
    { input: 'an id that climbs', body: { ...TASK, taskId: '../x' }, pointers: ['/taskId'] },
    { input: 'text for a rate', body: { payload: { failureRate: 'true' } }, pointers: ['/payload/failureRate'] },
    { input: 'a wrong enum', body: { payload: { failureClass: 'MOOD' } }, pointers: ['/payload/failureClass'] },
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
  it('repeats nothing of what was sent', async () => {
    const secret = 'hunter2';
    const inputs: [string, unknown?, Record<string, string>?][] = [
      [`GET /${secret}`],
      [`GET /tasks/${secret}%00`],
      [`GET /tasks?${secret}=1`],
      [`GET /tasks?limit=${secret}`],
      [`GET /tasks?cursor=${secret}`],
      ['GET /tasks', undefined, { origin: `https://${secret}.example.com` }],
      ['GET /tasks', undefined, { host: `${secret}.example.com` }],
      ['POST /tasks', `{"payload":${secret}}`],
      ['POST /tasks', { ...TASK, taskId: `${secret}!` }],
      ['POST /tasks', { ...TASK, type: secret }],
      ['POST /tasks', { payload: { failureClass: secret } }],
      ['POST /tasks', TASK, { 'idempotency-key': `${secret}ä` }],
      ['POST /tasks', TASK, { 'content-type': secret }],
      ['POST /tasks/one/cancel', {}, { 'if-match': secret }],
    ];
    for (const [line, body, headers] of inputs) {
      const answered = await openDoor().ask<Problem>(line, body, { headers: headers ?? {} });
      expect(answered.status).toBeGreaterThanOrEqual(400);
      expect(JSON.stringify({ body: answered.body, headers: [...answered.headers] })).not.toContain(secret);
    }
  });

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
