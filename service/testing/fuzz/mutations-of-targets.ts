/** What becomes of method, path and query, and what is no HTTP at all. */
import type { Mutation } from './mutations.ts';
import type { Draft } from './planned.ts';

const METHODS = ['PUT', 'DELETE', 'PATCH', 'OPTIONS', 'HEAD', 'TRACE', 'PROPFIND', 'GET', 'POST'];

/** No operation of the contract any more: whatever answers has to be a page or a problem. */
const strayed = (draft: Draft): void => {
  draft.operationId = undefined;
  draft.expected = 'either';
};

const path = (name: string, become: (path: string, text: string) => string): Mutation => ({
  name: `path: ${name}`,
  mutate: (draft, { values }) => {
    draft.path = become(draft.path, values.text());
    strayed(draft);
  },
});

const query = (name: string, make: (names: readonly string[], text: string) => string): Mutation => ({
  name: `query: ${name}`,
  mutate: (draft, { values }) => {
    draft.queryText = make(
      draft.query.map(([each]) => each),
      values.text(),
    );
    draft.expected = 'either';
  },
});

const raw = (name: string, make: (draft: Draft, text: string) => string): Mutation => ({
  name: `raw: ${name}`,
  mutate: (draft, { values }) => {
    draft.raw = Buffer.from(make(draft, values.text()), 'latin1');
    strayed(draft);
  },
});

const HOST = 'Host: localhost\r\n';
const post = (headers: string, body: string): string => `POST /tasks HTTP/1.1\r\n${HOST}${headers}\r\n${body}`;
const JSON_TYPE = 'Content-Type: application/json\r\n';
/** What comes behind it comes while its answer is still due. */
const WAIT = `GET /tasks/unknown?wait=1 HTTP/1.1\r\n${HOST}\r\n`;

export const TARGET_MUTATIONS: readonly Mutation[] = [
  {
    name: 'another method',
    mutate: (draft, { random }) => {
      draft.method = random.pick(METHODS);
      strayed(draft);
    },
  },
  path('unknown', (_, text) => `/${text}`),
  path('a segment more', (each, text) => `${each}/${text}`),
  path('a slash at the end', (each) => `${each}/`),
  path('two slashes', (each) => each.replace('/', '//')),
  path('upper case', (each) => each.toUpperCase()),
  path('broken percent', (each, text) => `${each}/%zz%${text}`),
  path('no UTF-8', () => '/tasks/%ff%fe'),
  path('zero', (_, text) => `/tasks/${text}%00`),
  path('climbing', (each, text) => `${each}/%2e%2e/../..%2f${text}`),
  path('encoded', (each) => each.replace('tasks', '%74asks')),
  path('very long', (each) => `${each}/${'a'.repeat(7_000)}`),
  path('an id of 65', (_, text) => `/tasks/${text.padEnd(65, 'a')}`),
  path('a dot', () => '/.'),
  query('unknown', (_, text) => `${text}=${text}`),
  query('a name twice', (names, text) => `${names[0] ?? 'limit'}=${text}&${names[0] ?? 'limit'}=${text}`),
  query('wild value', (names, text) => `${names[0] ?? 'limit'}=${text}`),
  query('wild number', (names) => `${names[0] ?? 'limit'}=1e3`),
  query('broken percent', (names) => `${names[0] ?? 'limit'}=%zz%ff`),
  query('signs', () => '&&==&=;#?'),
  query('very long', () => `cursor=${'c'.repeat(6_000)}`),
  query('__proto__', () => '__proto__=1&constructor=2'),
  {
    name: 'client leaves',
    mutate: (draft, { random }) => {
      draft.leaveAfterMs = random.between(0, 30);
      draft.expected = 'either';
    },
  },
  raw('noise', (_, text) => `${text}\u0000\u00ff\r\n\r\n`),
  raw('no version', ({ path: each }) => `GET ${each}\r\n\r\n`),
  raw('another version', ({ path: each }) => `GET ${each} HTTP/3.0\r\n${HOST}\r\n`),
  raw('a header without a name', ({ path: each }, text) => `GET ${each} HTTP/1.1\r\n${HOST}: ${text}\r\n\r\n`),
  raw('a control in a header', ({ path: each }) => `GET ${each} HTTP/1.1\r\n${HOST}X-A: \u0001\r\n\r\n`),
  raw('two hosts', ({ path: each }, text) => `GET ${each} HTTP/1.1\r\n${HOST}Host: ${text}\r\n\r\n`),
  raw('no host', ({ path: each }) => `GET ${each} HTTP/1.1\r\nConnection: close\r\n\r\n`),
  raw('another URL', (_, text) => `GET http://${text}.example/tasks HTTP/1.1\r\n${HOST}\r\n`),
  raw('a target that is none', (_, text) => `GET ${text} HTTP/1.1\r\n${HOST}\r\n`),
  raw('CONNECT', (_, text) => `CONNECT ${text}:443 HTTP/1.1\r\n${HOST}\r\n`),
  raw('two lengths', (_, text) => post(`${JSON_TYPE}Content-Length: 2\r\nContent-Length: 3\r\n`, `{}${text}`)),
  raw('length and chunks', () =>
    post(`${JSON_TYPE}Content-Length: 2\r\nTransfer-Encoding: chunked\r\n`, '0\r\n\r\n{}'),
  ),
  raw('a negative length', () => post(`${JSON_TYPE}Content-Length: -1\r\n`, '{}')),
  raw('a broken chunk', (_, text) => post(`${JSON_TYPE}Transfer-Encoding: chunked\r\n`, `zz\r\n${text}\r\n`)),
  raw('an upgrade', ({ path: each }) => `GET ${each} HTTP/1.1\r\n${HOST}Connection: Upgrade\r\nUpgrade: x\r\n\r\n`),
  raw('Expect', ({ path: each }, text) => `GET ${each} HTTP/1.1\r\n${HOST}Expect: ${text}\r\n\r\n`),
  raw('Expect behind a request', (_, text) => `${WAIT}GET /tasks HTTP/1.1\r\n${HOST}Expect: ${text}\r\n\r\n`),
  raw('CONNECT behind a request', () => `${WAIT}CONNECT a:443 HTTP/1.1\r\n${HOST}\r\n`),
  raw('noise behind a request', (_, text) => `${WAIT}${text}\u0000\r\n\r\n`),
];
