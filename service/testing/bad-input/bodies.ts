/** What stands in bodies: bytes that are no JSON, JSON that is not the same to everybody, and values the contract refuses. */
import type { Rows } from './bytes.ts';
import { JSON_TYPE, many, nested, post, task } from './bytes.ts';

const raw = (text: string): Buffer => post(text);
/** One value of any kind inside the payload. */
const data = (json: string): Buffer => post(`{"taskId":"bad","payload":{"data":${json}}}`);
const bytes = (...codes: number[]): Buffer =>
  post(Buffer.concat([Buffer.from('{"payload":{"data":"'), Buffer.from(codes), Buffer.from('"}}')]));
const batch = (body: unknown): Buffer => post(body, { to: '/tasks/batch' });
const utf16 = (text: string): Buffer => post(Buffer.from(text, 'utf16le'));

const UNREADABLE: Rows = {
  '400 invalid-json': {
    'half an object': raw('{'),
    'an empty body': raw(''),
    'blanks alone': raw(' \r\n\t '),
    NaN: data('NaN'),
    Infinity: data('-Infinity'),
    undefined: data('undefined'),
    'a byte order mark in the middle': raw('{\ufeff"payload":{}}'),
    'a comma too many': raw('{"payload":{},}'),
    'single quotes': raw("{'payload':{}}"),
    'a name without quotes': raw('{payload:{}}'),
    'a comment': raw('{"payload":{}/* so */}'),
    'a number that begins with 0': data('007'),
    'a hexadecimal number': data('0x10'),
    'a number with a plus': data('+1'),
    'a number in other digits': data('٥'),
    'a blank that JSON does not know': raw('{\u00a0"payload":{}}'),
    'a second value': raw('{"payload":{}} {}'),
    'a zero byte at the end': raw('{"payload":{}}\u0000'),
    'a raw zero byte in a text': data('"a\u0000b"'),
    'a raw line break in a text': data('"a\nb"'),
    'an escape that is none': data('"\\x41"'),
    'a form': raw('payload=%7B%7D'),
    'a page': raw('<html></html>'),
    'a large number of open brackets': raw(`{"payload":{"data":${many(20, () => '[')}`),
  },
  '400 invalid-encoding': {
    'a byte that UTF-8 does not have': bytes(0xff),
    'a character that is cut': bytes(0xe2, 0x82),
    'a slash written too long': bytes(0xc0, 0xaf),
    'half a character as UTF-8': bytes(0xed, 0xa0, 0x80),
    'a character beyond the last': bytes(0xf4, 0x90, 0x80, 0x80),
    'an umlaut in latin1': bytes(0xfc),
    'UTF-16': utf16('{"payload":{}}'),
    'UTF-16 with its mark': utf16('\ufeff{"payload":{}}'),
  },
  '400 duplicate-key': {
    'a key twice': raw('{"payload":{},"payload":{}}'),
    'a key twice, once escaped': raw('{"payload":{},"\\u0070ayload":{}}'),
    'a key twice in the payload': data('{"a":1,"b":2,"a":1}'),
    'an id twice': raw('{"taskId":"good","payload":{},"taskId":"bad"}'),
  },
  '400 invalid-unicode': {
    'half a character': data('"\\ud800"'),
    'half a character in a key': data('{"\\udc00":1}'),
    'two halves in the wrong order': data('"\\udc00\\ud800"'),
    'half a character in an id': raw('{"taskId":"\\ud83d","payload":{}}'),
  },
  '400 forbidden-key': {
    __proto__: raw('{"__proto__":{"payload":{}},"payload":{}}'),
    '__proto__ in disguise': raw('{"\\u005f_proto__":{},"payload":{}}'),
    '__proto__ deep in the payload': data('[[{"__proto__":null}]]'),
    'constructor.prototype': data('{"constructor":{"prototype":{"isAdmin":true}}}'),
  },
  '400 json-too-deep': {
    '33 levels': post({ payload: { data: nested(31) } }),
    '100 000 levels': raw('['.repeat(100_000)),
    '50 000 objects': raw('{"a":'.repeat(50_000)),
  },
  '422 number-out-of-range': {
    'an integer that changes': data('9007199254740993'),
    'a negative integer that changes': data('-9007199254740993'),
    'a number that becomes infinite': data('1e400'),
    'a number that becomes nothing': data('1e-400'),
    'a decimal that changes': data('0.12345678901234567890'),
    'a number of 10 000 digits': data('1'.repeat(10_000)),
    'a delay that changes': raw('{"payload":{},"delaySeconds":3.00000000000000000001}'),
  },
  '413 payload-too-large': {
    'a body of 300 KB': raw(' '.repeat(300_000)),
    'a reason of 5 KB': post({ reason: 'x'.repeat(5_000) }, { to: '/tasks/waiting/cancel' }),
    'a payload that prints longer than it came': data(`[${'1e20,'.repeat(20_000)}1]`),
  },
};

const ID = {
  'an id with a look-alike': task({ taskId: 'tаsk' }),
  'an id with a zero width space': task({ taskId: 'a\u200bb' }),
  'an id written from right to left': task({ taskId: 'a\u202eb' }),
  'an id in full width': task({ taskId: 'ｔａｓｋ' }),
  'an id with an accent of its own': task({ taskId: 'cafe\u0301' }),
  'an id of an emoji': task({ taskId: '🙂' }),
  'an id with a line break at its end': task({ taskId: 'bad\n' }),
  'an id with a zero byte': task({ taskId: 'bad\u0000' }),
  'an id with a space': task({ taskId: ' bad' }),
  'an id with a quote': task({ taskId: "bad' OR 1=1 --" }),
  'an id that climbs': task({ taskId: '../x' }),
  'an empty id': task({ taskId: '' }),
  'an id of 65 characters': task({ taskId: 'a'.repeat(65) }),
  'an id of 50 000 characters, made against the pattern': task({ taskId: `${'a'.repeat(50_000)}!` }),
  'an id that is a number': task({ taskId: 5 }),
  'an id that is a list': task({ taskId: ['bad'] }),
  'an id that is null': task({ taskId: null }),
};

const TIMES = {
  'a day that does not exist': task({ runAt: '2026-02-30T00:00:00Z' }),
  'a month that does not exist': task({ runAt: '2026-13-01T00:00:00Z' }),
  'a 29th of February in a wrong year': task({ runAt: '2027-02-29T00:00:00Z' }),
  'the hour 24': task({ runAt: '2026-12-01T24:00:00Z' }),
  'the minute 60': task({ runAt: '2026-12-01T00:60:00Z' }),
  'a time without a zone': task({ runAt: '2026-12-01T00:00:00' }),
  'a zone that does not exist': task({ runAt: '2026-12-01T00:00:00+25:00' }),
  'a day alone': task({ runAt: '2026-12-01' }),
  'a time that people write': task({ runAt: 'tomorrow' }),
  'a time in other digits': task({ runAt: '٢٠٢٦-12-01T00:00:00Z' }),
  'a year of five digits': task({ runAt: '12026-12-01T00:00:00Z' }),
  'seconds since 1970': task({ runAt: 1_780_000_000 }),
  'a start long past': task({ runAt: '1970-01-01T00:00:00Z' }),
  'a start far ahead': task({ runAt: '2999-01-01T00:00:00Z' }),
  'a delay of 31 days': task({ delaySeconds: 31 * 86_400 }),
  'a delay back in time': task({ delaySeconds: -1 }),
  'two starts': task({ delaySeconds: 1, runAt: '2026-12-01T00:00:00Z' }),
};

const WRONG: Rows = {
  '422 validation': {
    null: raw('null'),
    'a list': raw('[]'),
    'a text': raw('"x"'),
    'a number': raw('1'),
    'a truth': raw('true'),
    'nothing that is required': raw('{}'),
    'an unknown field': task({ colour: 'red' }),
    'a status': task({ status: 'succeeded' }),
    'a tenant': task({ tenant: 'other' }),
    'a fence': task({ fence: 7 }),
    'a field that only looks like one': task({ tаgs: [] }),
    'a field in upper case': task({ Payload: {} }),
    'text for a number': task({ delaySeconds: '5' }),
    'text for a truth': task({ payload: { failureRate: 'true' } }),
    'a truth for a number': task({ delaySeconds: true }),
    'a fraction for a whole number': task({ payload: { steps: 1.5 } }),
    'a wrong enum': task({ payload: { failureClass: 'MOOD' } }),
    'an enum in lower case': task({ payload: { failureClass: 'system' } }),
    'a payload of another type': task({ payload: { url: 'https://example.com/' } }),
    'a payload that is a list': task({ payload: [] }),
    'a payload that is null': task({ payload: null }),
    'too many tags': task({ tags: Array.from({ length: 1_000 }, (_, i) => `tag${i}`) }),
    'the same tag twice': task({ tags: ['a', 'a'] }),
    'an empty batch': batch({ tasks: [] }),
    'a batch of 101': batch({ tasks: Array(101).fill({ payload: {} }) }),
    'a batch that is a list': batch([{ payload: {} }]),
    'a reason of 201 characters': post({ reason: 'x'.repeat(201) }, { to: '/tasks/waiting/cancel' }),
    'a reason that is an object': post({ reason: {} }, { to: '/tasks/waiting/cancel' }),
    'a redrive with a payload of another type': post({ payload: { url: 'x' } }, { to: '/tasks/dead/redrive' }),
    ...ID,
    ...TIMES,
  },
  '422 unknown-task-type': {
    'an unknown type': task({ type: 'teleport' }),
    'a type of every object': task({ type: 'constructor' }),
  },
  '415 unsupported-media-type': {
    'plain text': post('{"payload":{}}', { headers: 'Content-Type: text/plain\r\n' }),
    'no type': post('{"payload":{}}', { headers: '' }),
    'an empty type': post('{"payload":{}}', { headers: 'Content-Type:\r\n' }),
    'any type': post('{"payload":{}}', { headers: 'Content-Type: */*\r\n' }),
    'a type that begins alike': post('{"payload":{}}', { headers: 'Content-Type: application/jsonp\r\n' }),
    'a form in parts': post('{"payload":{}}', { headers: 'Content-Type: multipart/form-data; boundary=x\r\n' }),
    gzip: post('{"payload":{}}', { headers: `${JSON_TYPE}Content-Encoding: gzip\r\n` }),
    'an encoding that nobody knows': post('{"payload":{}}', { headers: `${JSON_TYPE}Content-Encoding: x\r\n` }),
  },
};

export const BODIES: readonly Rows[] = [UNREADABLE, WRONG];

/** Strange, and right: each becomes a task under the id beside it. */
export const TAKEN: Readonly<Record<string, readonly [taskId: string, bytes: Buffer]>> = {
  'a byte order mark first': ['marked', raw('\ufeff{"taskId":"marked","payload":{},"delaySeconds":3600}')],
  'an id that every object has': ['constructor', task({ taskId: 'constructor', delaySeconds: 3_600 })],
  'an id that is no key': ['__proto__', task({ taskId: '__proto__', delaySeconds: 3_600 })],
  'an id of hyphens': ['--', task({ taskId: '--', delaySeconds: 3_600 })],
  'an id that is a number': ['0', task({ taskId: '0', delaySeconds: 3_600 })],
  'a parameter of its media type': [
    'typed',
    post(
      { taskId: 'typed', payload: {}, delaySeconds: 3_600 },
      { headers: 'Content-Type: Application/JSON ; charset="utf-8"\r\n' },
    ),
  ],
  'numbers at their limits': [
    'numbers',
    raw('{"taskId":"numbers","payload":{"data":[1e308,5e-324,9007199254740991,-0.5,1E2,1.0]},"delaySeconds":3600}'),
  ],
  'every character there is': [
    'characters',
    task({
      taskId: 'characters',
      payload: { data: '\u0000\u2028\u202e\ufffe\u{10ffff}"\\</script>' },
      delaySeconds: 3_600,
    }),
  ],
};
