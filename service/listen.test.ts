import { once } from 'node:events';
import { connect } from 'node:net';
import type { Problem, TaskDetail } from '@holdfast/api/types';
import { afterEach, describe, expect, it } from 'vitest';
import { createApp } from './http/app.ts';
import { expectContract } from './http/door-under-test.ts';
import { isLoopbackHost } from './http/gate.ts';
import type { SimulatedHouse } from './http/simulated-house.ts';
import { simulatedHouse } from './http/simulated-house.ts';
import type { Listener } from './listen.ts';
import { CannotListen, listen } from './listen.ts';

let listener: Listener | undefined;
afterEach(() => listener?.close(0));

async function open(host = 'localhost', port = 0): Promise<SimulatedHouse & { url: string }> {
  const simulated = simulatedHouse();
  const { house } = simulated;
  const app = createApp({ house, allowsHost: isLoopbackHost, pages: new Map() });
  listener = await listen({ app, host, port, log: house.desk.ports.log });
  return { ...simulated, url: listener.url };
}

/** What a server answers to bytes that no client library would send. */
async function answerTo(url: string, bytes: string): Promise<string> {
  const socket = connect(Number(new URL(url).port), '127.0.0.1');
  await once(socket, 'connect');
  let answer = '';
  socket.on('data', (chunk) => (answer += chunk.toString()));
  socket.write(bytes);
  await once(socket, 'close');
  return answer;
}

const raw = (line: string, more = '') => `${line} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n${more}\r\n`;
const problemIn = (answer: string) => JSON.parse(answer.slice(answer.indexOf('\r\n\r\n'))) as Problem;

async function post(url: string, body: string | ReadableStream) {
  const headers = { 'content-type': 'application/json' };
  const response = await fetch(`${url}/tasks`, { method: 'POST', body, duplex: 'half', headers });
  const answered = { status: response.status, headers: response.headers, body: (await response.json()) as Problem };
  expectContract('POST', '/tasks', answered);
  return answered;
}

describe('the listener', () => {
  it('answers on both addresses of localhost', async () => {
    const { port } = new URL((await open()).url);
    for (const host of ['localhost', '127.0.0.1']) {
      expect((await fetch(`http://${host}:${port}/health`)).status).toBe(200);
    }
  });

  it('takes a task from a real connection, in one piece and in chunks', async () => {
    const { url, store } = await open();
    expect((await post(url, '{"taskId":"whole","payload":{}}')).status).toBe(202);
    const parts = ['{"taskId":"parts",', '"payload":{}}'].map((text) => new TextEncoder().encode(text));
    expect((await post(url, ReadableStream.from(parts))).status).toBe(202);
    expect([...store.items.keys()]).toEqual(['local/whole', 'local/parts']);
  });

  it('refuses a body that says it is too large, and one that turns out to be', async () => {
    const { url } = await open();
    expect((await post(url, ' '.repeat(10_000_000))).status).toBe(413);
    const endless = ReadableStream.from(Array.from({ length: 40 }, () => new Uint8Array(10_000)));
    expect((await post(url, endless)).status).toBe(413);
    expect((await post(url, '{"payload":{}}')).status).toBe(202);
  });

  it('takes no notice of an expectation that it does not know', async () => {
    const { url } = await open();
    const answer = await answerTo(url, raw('GET /health', 'Expect: anything\r\n'));
    expect(answer).toMatch(/^HTTP\/1\.1 200 /);
  });

  it('needs no body where none is required', async () => {
    const { url } = await open();
    const response = await fetch(`${url}/tasks/unknown/cancel`, { method: 'POST' });
    expect({ status: response.status, body: await response.json() }).toMatchObject({
      status: 404,
      body: { code: 'not-found' },
    });
  });

  it.each([
    ['a path that climbs', raw('GET /tasks/../health'), 'not-found'],
    ['a path that climbs in disguise', raw('GET /tasks/%2e%2e'), 'not-found'],
    ['a path with a backslash', raw('GET /tasks\\x'), 'invalid-header'],
    ['a foreign host', 'GET /health HTTP/1.1\r\nHost: example.com\r\nConnection: close\r\n\r\n', 'misdirected-host'],
    ['a host that is none', 'GET /health HTTP/1.1\r\nHost: a b\r\nConnection: close\r\n\r\n', 'invalid-header'],
    ['no host', 'GET /health HTTP/1.0\r\n\r\n', 'invalid-header'],
    [
      'another URL as target',
      raw('GET http://example.com/health').replace('Host: localhost', 'Host: example.com'),
      'misdirected-host',
    ],
    ['no HTTP', 'HELO localhost\r\n\r\n', 'invalid-header'],
    ['headers without end', raw('GET /health', `X-Long: ${'x'.repeat(20_000)}\r\n`), 'invalid-header'],
  ])('answers %s with a problem', async (_, bytes, code) => {
    const { url } = await open();
    const answer = await answerTo(url, bytes);
    expect(problemIn(answer).code).toBe(code);
    expect(answer).toMatch(/x-request-id: /i);
  });

  it('ends the waits and then closes, with every answer out', async () => {
    const { url, house, stop } = await open();
    await post(url, '{"taskId":"one","payload":{}}');
    const asked = Promise.withResolvers<undefined>();
    const { ledger } = house.desk.ports;
    const get = ledger.get.bind(ledger);
    ledger.get = (keys) => {
      asked.resolve(undefined);
      return get(keys);
    };
    const waiting = fetch(`${url}/tasks/one?wait=20`);
    await asked.promise;
    stop();
    const closed = listener!.close(2_000);
    expect(((await (await waiting).json()) as TaskDetail).status).toBe('queued');
    await closed;
    await expect(fetch(`${url}/health`)).rejects.toThrow();
    listener = undefined;
  });

  it('ends a wait when its client hangs up', async () => {
    const { url, house } = await open();
    await post(url, '{"taskId":"one","payload":{}}');
    const heard: string[] = [];
    const on = house.changes.on.bind(house.changes);
    const [asked, ended] = [Promise.withResolvers<undefined>(), Promise.withResolvers<undefined>()];
    house.changes.on = (key, wake) => {
      asked.resolve(undefined);
      const off = on(key, wake);
      return () => {
        off();
        heard.push('ended');
        ended.resolve(undefined);
      };
    };
    const client = new AbortController();
    const waiting = fetch(`${url}/tasks/one?wait=20`, { signal: client.signal });
    await asked.promise;
    client.abort();
    await expect(waiting).rejects.toThrow();
    await ended.promise;
    expect(heard).toEqual(['ended']);
  });

  it('says in a sentence that its port is in use', async () => {
    const { url } = await open();
    const { port } = new URL(url);
    const { house } = simulatedHouse();
    const app = createApp({ house, allowsHost: isLoopbackHost, pages: new Map() });
    const second = listen({ app, host: 'localhost', port: Number(port), log: house.desk.ports.log });
    await expect(second).rejects.toThrow(CannotListen);
    await expect(second).rejects.toThrow(`Port ${port} is in use.`);
  });
});
