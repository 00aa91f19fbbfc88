/** What stands around bodies: paths, methods, parameters and headers. */
import type { Rows, Standing } from './bytes.ts';
import { ask, get, HOST, JSON_TYPE, KEYED, many, move, post } from './bytes.ts';

const ofTask = (id: string): Buffer => get(`/tasks/${id}`);
const list = (query: string): Buffer => get(`/tasks?${query}`);
const keyed = (key: string): Buffer =>
  post({ payload: {} }, { headers: `${JSON_TYPE}Idempotency-Key: ${Buffer.from(key).toString('latin1')}\r\n` });
const cancelIf = (etag: string): Buffer => move('/tasks/waiting/cancel', `If-Match: ${etag}\r\n`);
const expecting = (what: string): Buffer => get('/health', `Expect: ${what}\r\n`);
const chunks = (body: string, coding = 'chunked'): Buffer =>
  Buffer.concat([ask('POST /tasks', `${JSON_TYPE}Transfer-Encoding: ${coding}\r\n`), Buffer.from(body)]);

const PATHS: Rows = {
  '404 not-found': {
    'an unknown path': get('/nothing'),
    'a path below one': get('/tasks/waiting/nothing'),
    'a trailing slash': get('/tasks/'),
    'two slashes': get('//tasks'),
    'a path in upper case': get('/TASKS'),
    'a path in disguise': get('/%74asks/%2e%2e'),
    'a path of 7 000 characters': get(`/${'a'.repeat(7_000)}`),
    'a file of the server': get('/../../etc/passwd'),
    'a file of the server in disguise': get('/docs/assets/..%2f..%2fserver.js'),
    'a file of the dashboard that climbs': get('/app/_app/..%2f..%2findex.html'),
    'an unknown id': ofTask('nobody'),
    'an id that climbs': ofTask('../x'),
    'an id that climbs in disguise': ofTask('%2e%2e%2f'),
    'an id that climbs in double disguise': ofTask('%252e%252e%252f'),
    'an id with a zero': ofTask('a%00b'),
    'an id with a slash': ofTask('a%2Fb'),
    'an id with a backslash': ofTask('a%5Cb'),
    'an id with a line break': ofTask('waiting%0d%0aX-Injected:%201'),
    'an id with a line feed at its end': ofTask('waiting%0a'),
    'an id with a look-alike': ofTask('t%D0%B0sk'),
    'an id with a zero width space': ofTask('a%E2%80%8Bb'),
    'an id that is no UTF-8': ofTask('%ff'),
    'an id written too long': ofTask('%c0%ae%c0%ae'),
    'an id with half an escape': ofTask('waiting%'),
    'an id with an escape of old': ofTask('%u0061'),
    'an id of 65 characters': ofTask('a'.repeat(65)),
    'an id in upper case': ofTask('WAITING'),
    'an id with a parameter of its own': ofTask('waiting;v=1'),
    'an id with a space': ofTask('waiting%20'),
    'a fence that is none': get('/tasks/dead/attempts/first'),
    'a fence below zero': get('/tasks/dead/attempts/-1'),
    'a fence beyond all numbers': get('/tasks/dead/attempts/99999999999999999999'),
    'a fence that never was': get('/tasks/dead/attempts/7'),
  },
  '405 method-not-allowed': {
    'another method': ask('DELETE /tasks/waiting'),
    'a method in disguise': ask('PUT /tasks', 'X-HTTP-Method-Override: POST\r\n'),
    'a method of no page': ask('POST /', 'Content-Length: 0\r\n'),
    TRACE: ask('TRACE /tasks'),
    CONNECT: ask('CONNECT localhost:443'),
    'a look at what is to be done': get('/tasks/waiting/cancel'),
  },
};

const parameters = ({ cursor }: Standing): Rows => ({
  '400 invalid-parameter': {
    'limit=-1': list('limit=-1'),
    'limit=0': list('limit=0'),
    'limit=101': list('limit=101'),
    'limit=1e3': list('limit=1e3'),
    'limit=1e1': list('limit=1e1'),
    'limit=0x10': list('limit=0x10'),
    'limit=5.0': list('limit=5.0'),
    'limit=%2B5': list('limit=%2B5'),
    'limit with a space': list('limit=%205'),
    'limit in other digits': list('limit=%D9%A5'),
    'limit of nothing': list('limit='),
    'limit of 5 000 digits': list(`limit=${'1'.repeat(5_000)}`),
    'limit twice': list('limit=5&limit=5'),
    'an unknown status': list('status=lost'),
    'a time that does not exist': list('since=2026-02-30T00:00:00Z'),
    'a wait of 61 s': get('/tasks/waiting?wait=61'),
    'a wait back in time': get('/tasks/waiting?wait=-1'),
    'a window that is none': get('/stats?window=1y'),
  },
  '400 unknown-parameter': {
    'an unknown parameter': list('colour=red'),
    'a parameter in upper case': list('LIMIT=5'),
    'a parameter as a list': list('limit[]=5'),
    'a parameter with a zero': list('limit%00=5'),
    __proto__: list('__proto__=1'),
    'a parameter where none is taken': get('/health?verbose'),
    '1 000 parameters': list(many(1_000, (i) => `&p${i}=1`)),
    'a token in the address': list('access_token=abc'),
  },
  '400 invalid-cursor': {
    'a cursor that is garbage': list('status=dead&limit=1&cursor=garbage'),
    'an empty cursor': list('status=dead&limit=1&cursor='),
    'a cursor of 1 MB less': list(`status=dead&limit=1&cursor=${'a'.repeat(4_000)}`),
    'a cursor that is no base64': list('status=dead&limit=1&cursor=%00%ff'),
    'a cursor that is cut': list(`status=dead&limit=1&cursor=${cursor.slice(0, -2)}`),
    'a cursor with one bit flipped': list(`status=dead&limit=1&cursor=${flipped(cursor)}`),
    'a cursor of another filter': list(`status=cancelled&limit=1&cursor=${cursor}`),
    'a cursor of the whole list': list(`limit=1&cursor=${cursor}`),
  },
});

const flipped = (cursor: string): string => {
  const middle = Math.floor(cursor.length / 2);
  const other = cursor[middle] === 'A' ? 'B' : 'A';
  return cursor.slice(0, middle) + other + cursor.slice(middle + 1);
};

const HEADERS: Rows = {
  '400 invalid-idempotency-key': {
    'an Idempotency-Key on a batch': post(
      { tasks: [{ payload: {} }] },
      { to: '/tasks/batch', headers: JSON_TYPE + KEYED },
    ),
    'an empty Idempotency-Key': keyed(''),
    'an Idempotency-Key of 256 characters': keyed('k'.repeat(256)),
    'an Idempotency-Key of an emoji': keyed('🙂'),
    'two Idempotency-Keys': post({ payload: {} }, { headers: `${JSON_TYPE}${KEYED}${KEYED}` }),
    'an Idempotency-Key beside an id': post({ taskId: 'bad', payload: {} }, { headers: JSON_TYPE + KEYED }),
  },
  '412 stale-version': {
    'an If-Match of another version': cancelIf('"999"'),
    'a redrive of another version': move('/tasks/dead/redrive', 'If-Match: "999"\r\n'),
  },
  '400 invalid-header': {
    'a weak If-Match': cancelIf('W/"1"'),
    'a list in If-Match': cancelIf('"1", "2"'),
    'an If-Match without quotes': cancelIf('1'),
    'an If-Match of nothing': cancelIf('""'),
    'an If-Match below zero': cancelIf('"-1"'),
    'an If-Match of a fraction': cancelIf('"1.0"'),
    'two If-Match': move('/tasks/waiting/cancel', 'If-Match: "1"\r\nIf-Match: "1"\r\n'),
    'an unknown Expect': expecting('200-ok'),
    '2 500 headers': get(
      '/health',
      many(2_500, (i) => `X${i}: 1\r\n`),
    ),
    'a header of 20 KB': get('/health', `X-Long: ${'x'.repeat(20_000)}\r\n`),
    'a token of 20 KB': get('/tasks', `Authorization: Bearer ${'x'.repeat(20_000)}\r\n`),
    'a header with a zero': get('/health', 'X: a\0b\r\n'),
    'a header without a name': get('/health', ': x\r\n'),
    'a folded header': get('/health', 'X: a\r\n b\r\n'),
    'a space before the colon': get('/health', 'X : a\r\n'),
    'two hosts': get('/health', HOST),
    'two lengths': ask('POST /tasks', `${JSON_TYPE}Content-Length: 2\r\nContent-Length: 3\r\n`),
    'a negative length': ask('POST /tasks', `${JSON_TYPE}Content-Length: -1\r\n`),
    'a length in hexadecimal': ask('POST /tasks', `${JSON_TYPE}Content-Length: 0x2\r\n`),
    'a length and chunks': chunks('0\r\n\r\n', 'chunked\r\nContent-Length: 2'),
    'gzip below the chunks': chunks('0\r\n\r\n', 'gzip, chunked'),
    'a chunk without a size': chunks('zz\r\n'),
    'an unknown method': ask('BREW /tasks'),
    'no version': Buffer.from('GET /health\r\n\r\n'),
    'another protocol': Buffer.from('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'),
    'TLS where none is spoken': Buffer.from([0x16, 3, 1, 0, 5, 1, 0, 0, 1, 0]),
    'a raw letter in the path': get('/tasks/é'),
  },
  '413 payload-too-large': {
    'a length of 10 MB': ask('POST /tasks', `${JSON_TYPE}Content-Length: 10000000\r\n`),
    'a length beyond all numbers': ask('POST /tasks', `${JSON_TYPE}Content-Length: 99999999999999999\r\n`),
    '300 KB in chunks': chunks(`4b000\r\n${' '.repeat(0x4b000)}\r\n0\r\n\r\n`),
  },
  '421 misdirected-host': {
    'a foreign Host': ask('GET /tasks', '', 'Host: example.com\r\n'),
    'a Host that begins alike': ask('GET /tasks', '', 'Host: localhost.example.com\r\n'),
    'a Host that is an address of the machine': ask('GET /tasks', '', 'Host: 192.168.0.1\r\n'),
    'a Host that is any address': ask('GET /tasks', '', 'Host: 0.0.0.0\r\n'),
    'a target of another host': get('http://example.com/tasks'),
  },
  '403 forbidden-origin': {
    'a foreign Origin': get('/tasks', 'Origin: https://example.com\r\n'),
    'the Origin of a file': get('/tasks', 'Origin: null\r\n'),
    'the Origin of another port': get('/tasks', 'Origin: http://localhost:1\r\n'),
    'a submit from a foreign page': post({ payload: {} }, { headers: `${JSON_TYPE}Origin: https://example.com\r\n` }),
    'a preflight of a foreign page': ask(
      'OPTIONS /tasks',
      'Origin: https://example.com\r\nAccess-Control-Request-Method: POST\r\n',
    ),
  },
};

const KEY = 'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n';
const handshake = (ticket: string, more = ''): Buffer =>
  Buffer.from(
    `GET /live HTTP/1.1\r\n${HOST}Connection: Upgrade\r\nUpgrade: websocket\r\n${KEY}` +
      `Sec-WebSocket-Protocol: holdfast.v1${ticket && `, ticket.${ticket}`}\r\n${more}\r\n`,
  );

const STATES: Rows = {
  '409 task-final': { 'a cancel of what has succeeded': move('/tasks/done/cancel') },
  '409 not-dead': {
    'a redrive of what waits': move('/tasks/waiting/redrive'),
    'a redrive of what has succeeded': move('/tasks/done/redrive'),
  },
  '409 conflict': {
    'the id of another request': post({ taskId: 'waiting', payload: { steps: 2 } }),
    'the Idempotency-Key of another request': post({ payload: { steps: 2 } }, { headers: JSON_TYPE + KEYED }),
  },
};

const strangers = ({ usedTicket, expiredTicket }: Standing): Rows => ({
  '401 unauthenticated': {
    'a handshake without a ticket': handshake(''),
    'a handshake with a ticket of nobody': handshake('x'.repeat(40)),
    'a handshake with a used ticket': handshake(usedTicket),
    'a handshake with an expired ticket': handshake(expiredTicket),
    'an address beyond a proxy': get('/tasks', 'X-Forwarded-For: 203.0.113.7\r\n'),
    'an address that is none': get('/tasks', 'X-Forwarded-For: 127.0.0.1, evil\r\n'),
    'a proxy in the words of RFC 7239': get('/tasks', 'Forwarded: for="_x"\r\n'),
  },
  '403 forbidden-origin': { 'a handshake of a foreign page': handshake(usedTicket, 'Origin: https://example.com\r\n') },
});

export const requests = (standing: Standing): readonly Rows[] => [
  PATHS,
  parameters(standing),
  HEADERS,
  STATES,
  strangers(standing),
];

/** Strange, and nobody's harm: each is answered as if it were not there. */
export const SERVED: Readonly<Record<string, Buffer>> = {
  'a traceparent that is none': get('/tasks', 'traceparent: 00-zz-1-01\r\n'),
  'a traceparent of zeros': get('/tasks', `traceparent: 00-${'0'.repeat(32)}-${'0'.repeat(16)}-01\r\n`),
  'a traceparent of 8 KB': get('/tasks', `traceparent: ${'0'.repeat(8_000)}\r\n`),
  'a request id with markup': get('/tasks', 'X-Request-Id: <script>alert(1)</script>\r\n'),
  'a request id of 65 characters': get('/tasks', `X-Request-Id: ${'x'.repeat(65)}\r\n`),
  'two request ids': get('/tasks', 'X-Request-Id: a\r\nX-Request-Id: b\r\n'),
  'two things expected': expecting('100-continue, 200-ok'),
  'a part of the answer': get('/tasks', 'Range: bytes=0-1\r\n'),
  'parts that no answer has': get('/tasks', 'Range: bytes=99999999999-,0-0,-5\r\n'),
  'a version that is known': get('/tasks/waiting', 'If-None-Match: *\r\n'),
  'pages alone accepted': get('/tasks', 'Accept: text/html;q=9\r\n'),
  'an encoding that nobody has': get('/tasks', 'Accept-Encoding: x;q=nan, ,;\r\n'),
  'an address of this machine': get('/tasks', 'X-Forwarded-For: 127.0.0.1, ::1\r\n'),
  'another host behind it': get('/tasks', 'X-Forwarded-Host: example.com\r\nX-Original-URL: /keys\r\n'),
  'a cookie of 8 KB': get('/tasks', `Cookie: a=${'b'.repeat(8_000)}\r\n`),
  'any byte in a header': get('/tasks', 'X-Any: \u00ff\u00fe\u0080\r\n'),
  'a hop that is none': get('/tasks', 'Connection: close, X-Request-Id\r\nTE: trailers\r\n'),
  'an upgrade to what is not spoken': get('/tasks', 'Upgrade: h2c\r\nHTTP2-Settings: AAMAAABk\r\n'),
};
