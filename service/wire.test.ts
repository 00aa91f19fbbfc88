import { once } from 'node:events';
import { connect } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { createApp } from './http/app.ts';
import { isLoopbackHost } from './http/gate.ts';
import type { SimulatedHouse } from './http/simulated-house.ts';
import { simulatedHouse } from './http/simulated-house.ts';
import type { Listener, ListenOptions } from './listen.ts';
import { listen } from './listen.ts';
import { openLive } from './live/door.ts';
import { answerTo, connected, outcomeIn, outcomesIn, untilClosed } from './testing/raw-client.ts';

const guests = { allowsHost: isLoopbackHost, origins: new Set<string>() };
let listener: Listener | undefined;
afterEach(() => listener?.close(0));

async function open(replaced: Partial<ListenOptions> = {}): Promise<SimulatedHouse & { url: string }> {
  const simulated = simulatedHouse();
  const { house } = simulated;
  const app = createApp({ house, ...guests, pages: new Map() });
  const live = openLive({ house, guests });
  listener = await listen({ app, live, host: '127.0.0.1', port: 0, log: house.desk.ports.log, ...replaced });
  return { ...simulated, url: listener.url };
}

const LOCAL = 'Host: localhost\r\n';
const CLOSE = 'Connection: close\r\n';
const JSON_TYPE = 'Content-Type: application/json\r\n';
const TASK = '{"taskId":"one","payload":{}}';
const get = (target: string, headers = ''): string => `GET ${target} HTTP/1.1\r\n${LOCAL}${CLOSE}${headers}\r\n`;
const ask = (line: string, headers = ''): string => `${line} HTTP/1.1\r\n${LOCAL}${CLOSE}${headers}\r\n`;
const post = (headers: string, body = TASK): string =>
  `POST /tasks HTTP/1.1\r\n${LOCAL}${CLOSE}${JSON_TYPE}${headers}\r\n${body}`;
const sized = (headers: string, body = TASK): string => post(`${headers}Content-Length: ${body.length}\r\n`, body);
const chunked = (coding: string): string => post(coding, `1d\r\n${TASK}\r\n0\r\n\r\n`);
const list = (count: number, make: (i: number) => string): string =>
  Array.from({ length: count }, (_, i) => make(i)).join('');

const PATHS: Readonly<Record<string, string>> = {
  'a path that climbs': get('/tasks/../health'),
  'a path that climbs in disguise': get('/tasks/%2e%2e'),
  'two slashes': get('//tasks'),
  'a dot as segment': get('/./tasks'),
  'a trailing slash': get('/tasks/'),
  'a slash in disguise': get('/tasks/a%2Fb'),
  'a zero in disguise': get('/tasks/a%00b'),
  'a path of 8 KB': get(`/${'a'.repeat(8_000)}`),
};

const HEADERS: Readonly<Record<string, string>> = {
  'a path with a backslash': get('/tasks\\x'),
  'a path with raw bytes': get('/tasks/é'),
  'an asterisk for a path': ask('OPTIONS *'),
  'a host that is none': `GET /health HTTP/1.1\r\nHost: a b\r\n${CLOSE}\r\n`,
  'an empty host': `GET /health HTTP/1.1\r\nHost:\r\n${CLOSE}\r\n`,
  'a host with a name before it': `GET /health HTTP/1.1\r\nHost: a@localhost\r\n${CLOSE}\r\n`,
  'two hosts': get('/health', LOCAL),
  'no host': 'GET /health HTTP/1.0\r\n\r\n',
  'no HTTP': 'HELO localhost\r\n\r\n',
  'HTTP/2 by prior knowledge': 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n',
  'an unknown method': ask('BREW /tasks'),
  'line feeds alone': `GET /health HTTP/1.1\n${LOCAL}\n\n`,
  'a folded header': get('/health', 'X: a\r\n b\r\n'),
  'a zero in a header': get('/health', 'X: a\0b\r\n'),
  'a header of 20 KB': get('/health', `X-Long: ${'x'.repeat(20_000)}\r\n`),
  '2 500 headers': get(
    '/health',
    list(2_500, (i) => `X${i}: 1\r\n`),
  ),
  'an unknown Expect': sized('Expect: 200-ok\r\n'),
  'two lengths': post('Content-Length: 29\r\nContent-Length: 30\r\n'),
  'a negative length': post('Content-Length: -2\r\n'),
  'a length with a sign': post('Content-Length: +29\r\n'),
  'a length and chunks': chunked('Content-Length: 29\r\nTransfer-Encoding: chunked\r\n'),
  'two codings': chunked('Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n'),
  'gzip below the chunks': chunked('Transfer-Encoding: gzip, chunked\r\n'),
  'a space before the colon': chunked('Transfer-Encoding : chunked\r\n'),
  'chunks in HTTP/1.0': chunked('Transfer-Encoding: chunked\r\n').replace('HTTP/1.1', 'HTTP/1.0'),
  'a chunk without size': post('Transfer-Encoding: chunked\r\n', 'zz\r\n'),
};

const REFUSED: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  '404 not-found': PATHS,
  '400 invalid-header': HEADERS,
  '421 misdirected-host': {
    'a foreign host': `GET /health HTTP/1.1\r\nHost: example.com\r\n${CLOSE}\r\n`,
    'a target with another host': get('http://example.com/health'),
    'a target with another host and a Host that fits it': get('http://example.com/health').replace(
      'localhost',
      'example.com',
    ),
  },
  '403 forbidden-origin': {
    'an origin that is null': get('/health', 'Origin: null\r\n'),
    'several origins': get('/health', 'Origin: http://localhost\r\nOrigin: http://localhost\r\n'),
    'an empty origin': get('/health', 'Origin:\r\n'),
    'a preflight from elsewhere': ask(
      'OPTIONS /tasks',
      'Origin: https://example.com\r\nAccess-Control-Request-Method: POST\r\n',
    ),
  },
  '405 method-not-allowed': {
    TRACE: ask('TRACE /tasks'),
    PROPFIND: ask('PROPFIND /tasks'),
    'DELETE of a list': ask('DELETE /tasks'),
    CONNECT: ask('CONNECT localhost:443'),
  },
  '413 payload-too-large': {
    'a length of 10 MB': post('Content-Length: 10000000\r\n', ''),
    'a length beyond all numbers': post('Content-Length: 99999999999999999\r\n', ''),
    'a length of 10 MB that waits for leave': post('Expect: 100-continue\r\nContent-Length: 10000000\r\n', ''),
  },
  '400 invalid-idempotency-key': { 'two of them': sized('Idempotency-Key: a\r\nIdempotency-Key: b\r\n') },
  '400 unknown-parameter': { '1 000 parameters': get(`/tasks?${list(1_000, (i) => `&p${i}=1`)}`) },
  '415 unsupported-media-type': {
    'two media types': sized('Content-Type: text/plain\r\n'),
    'two media types, the wrong one first': sized('').replace(JSON_TYPE, `Content-Type: text/plain\r\n${JSON_TYPE}`),
    'an encoding twice': sized('Content-Encoding: identity\r\nContent-Encoding: gzip\r\n'),
  },
};

const kept = (taskId: string, headers = ''): string => {
  const body = JSON.stringify({ taskId, payload: {} });
  return `POST /tasks HTTP/1.1\r\n${LOCAL}${JSON_TYPE}${headers}Content-Length: ${body.length}\r\n\r\n${body}`;
};
const EXPECTING = `GET /health HTTP/1.1\r\n${LOCAL}Expect: foo\r\n\r\n`;
const OPEN_CHUNKS = kept('two', 'Transfer-Encoding: chunked\r\n').replace(/Content-Length: \d+\r\n/, '');

/** What a client sends at once, and the answers it gets, in this order. */
const PIPELINES: Readonly<Record<string, readonly [bytes: string, ...outcomes: string[]]>> = {
  'a task and an unknown Expect': [kept('one') + EXPECTING, '202', '400 invalid-header'],
  'tasks and a tunnel': [`${kept('one')}${kept('two')}${ask('CONNECT a:1')}`, '202', '202', '405 method-not-allowed'],
  'a task, a tunnel and bytes for it': [`${kept('one')}${ask('CONNECT a:1')}hello`, '202', '405 method-not-allowed'],
  'a task and a header with a space': [`${kept('one')}${get('/health', 'X : y\r\n')}`, '202', '400 invalid-header'],
  'a task with a byte too many': [`${kept('one')}}`, '202', '400 invalid-header'],
  'a last task with a byte too many': [`${kept('one', CLOSE)}}`, '202'],
  'a task and one in broken chunks': [kept('one') + OPEN_CHUNKS, '202', '400 invalid-header'],
  'a refused task and one in broken chunks': [
    kept('one').replace(JSON_TYPE, '') + OPEN_CHUNKS.replace(JSON_TYPE, ''),
    ...['415 unsupported-media-type', '415 unsupported-media-type', '400 invalid-header'],
  ],
};

const rows = Object.entries(REFUSED).flatMap(([outcome, inputs]) =>
  Object.entries(inputs).map(([input, bytes]) => ({ input, outcome, bytes })),
);

describe('on the wire', () => {
  it.each(rows)('$input gets $outcome, and its connection is closed', async ({ bytes, outcome }) => {
    const { url, store, log } = await open();
    const answer = await answerTo(url, bytes);
    expect(outcomeIn(answer)).toBe(outcome);
    expect(answer).toMatch(/^x-request-id: [\w-]+\r$/im);
    expect(answer).toMatch(/^x-content-type-options: nosniff\r$/im);
    expect(answer).not.toMatch(/^HTTP\/1\.1 100|^(?:server|x-powered-by):/im);
    expect({ tasks: store.items.size, log }).toEqual({ tasks: 0, log: [] });
  });

  it.each([
    ['a target with the server’s own host', get('http://localhost/health'), '200'],
    ['an Upgrade to what is not spoken here', get('/health', 'Upgrade: websocket\r\n'), '200'],
    ['a GET with a body', `${get('/health', 'Content-Length: 5\r\n')}hello`, '200'],
    ['a page of its own', get('/health', 'Origin: http://localhost\r\n'), '200'],
    ['OPTIONS', ask('OPTIONS /tasks'), '204'],
    ['a task in chunks', chunked('Transfer-Encoding: chunked\r\n'), '202'],
  ])('%s is served', async (_, bytes, outcome) => {
    const { url } = await open();
    expect(outcomeIn(await answerTo(url, bytes))).toBe(outcome);
  });

  it.each(Object.entries(PIPELINES))('%s: each is answered in its turn', async (_, [bytes, ...outcomes]) => {
    const { url, log } = await open();
    const answer = await answerTo(url, bytes);
    expect(outcomesIn(answer)).toEqual(outcomes);
    expect(outcomeIn(await answerTo(url, get('/health')))).toBe('200');
    expect(log).toEqual([]);
  });

  it('noise that goes on while an answer is due changes nothing for that answer', async () => {
    const { url, store } = await open();
    const socket = await connected(url);
    const answer = untilClosed(socket);
    const more = setInterval(() => socket.write('X'));
    socket.write(`${kept('one')}noise\r\n\r\n`);
    expect(outcomesIn(await answer)).toEqual(['202', '400 invalid-header']);
    clearInterval(more);
    expect(store.items.size).toBe(1);
  });

  it('who asks for no path is told so', async () => {
    const { url } = await open();
    expect(await answerTo(url, ask('OPTIONS *'))).toContain('The target must be a path');
  });

  it('HEAD gets the headers of GET', async () => {
    const { url } = await open();
    const headersOf = async (method: string) => {
      const answer = await answerTo(url, ask(`${method} /tasks`, 'X-Request-Id: same\r\n'));
      const [head = '', body = ''] = answer.split('\r\n\r\n');
      const lines = head
        .toLowerCase()
        .split('\r\n')
        .filter((line) => !/^(?:date|content-length|transfer-encoding):/.test(line));
      return { lines: lines.sort(), body };
    };
    const [asked, got] = [await headersOf('HEAD'), await headersOf('GET')];
    expect(asked.lines).toEqual(got.lines);
    expect(asked.body).toBe('');
  });

  it('who waits for leave to send a body gets it once all else is right', async () => {
    const { url, store } = await open();
    const socket = await connected(url);
    socket.write(post(`Expect: 100-continue\r\nContent-Length: ${TASK.length}\r\n`, ''));
    const [leave] = (await once(socket, 'data')) as [Buffer];
    expect(leave.toString()).toBe('HTTP/1.1 100 Continue\r\n\r\n');
    const answer = untilClosed(socket);
    socket.write(TASK);
    expect(outcomeIn(await answer)).toBe('202');
    expect(store.items.size).toBe(1);
  });

  it('a body of 10 MB in chunks is refused as soon as it is too large, not when it ends', async () => {
    const { url, store } = await open();
    const socket = await connected(url);
    const answer = untilClosed(socket);
    const chunk = `10000\r\n${' '.repeat(65_536)}\r\n`;
    socket.write(post('Transfer-Encoding: chunked\r\n', chunk.repeat(5)));
    expect(outcomeIn(await answer)).toBe('413 payload-too-large');
    expect(store.items.size).toBe(0);
  });

  it('a request that does not arrive in time gets 408', async () => {
    const { url, store, log } = await open({ arrivesWithinMs: 50 });
    expect(outcomeIn(await answerTo(url, post('Content-Length: 29\r\n', '{')))).toBe('408 request-timeout');
    expect(outcomeIn(await answerTo(url, 'GET /health HTTP/1.1\r\nHost: loc'))).toBe('408 request-timeout');
    expect({ tasks: store.items.size, log }).toEqual({ tasks: 0, log: [] });
  });

  it('a client that goes away in the middle leaves nothing behind', async () => {
    const { url, store, log } = await open();
    for (const bytes of [post('Content-Length: 29\r\n', '{"taskId":'), ask('CONNECT localhost:443'), 'GET /hea']) {
      const socket = await connected(url);
      socket.write(bytes);
      socket.resetAndDestroy();
    }
    expect(outcomeIn(await answerTo(url, get('/health')))).toBe('200');
    expect({ tasks: store.items.size, log }).toEqual({ tasks: 0, log: [] });
  });

  it('a tunnel that its client keeps open is closed, and does not keep the server from stopping', async () => {
    const { url } = await open();
    const tunnel = connect({ port: Number(new URL(url).port), host: '127.0.0.1', allowHalfOpen: true });
    tunnel.write(ask('CONNECT a:1'));
    await once(tunnel.resume(), 'end');
    await listener!.close(60_000);
    listener = undefined;
    tunnel.destroy();
  });

  it('a tunnel behind an answer that never comes does not keep the server from stopping', async () => {
    const { url, house } = await open();
    const asked = Promise.withResolvers<undefined>();
    house.desk.ports.ledger.get = () => {
      asked.resolve(undefined);
      return Promise.withResolvers<never>().promise;
    };
    const tunnel = await connected(url);
    tunnel.write(`GET /tasks/one HTTP/1.1\r\n${LOCAL}\r\n${ask('CONNECT a:1')}`);
    await asked.promise;
    await listener!.close(100);
    listener = undefined;
    tunnel.destroy();
  });

  it('while the server stops, who keeps a connection gets 503 and is told to close it', async () => {
    const { url, stop } = await open();
    const socket = await connected(url);
    socket.write(`GET /health HTTP/1.1\r\n${LOCAL}\r\n`);
    await once(socket, 'data');
    stop();
    const closed = listener!.close(5_000);
    const answer = untilClosed(socket);
    socket.write(`GET /tasks HTTP/1.1\r\n${LOCAL}\r\n`);
    expect(outcomeIn(await answer)).toBe('503 stopping');
    expect(await answer).toMatch(/^connection: close\r$/im);
    await closed;
    listener = undefined;
  });
});
