import type { Problem, TaskDetail } from '@holdfast/api/types';
import { afterEach, describe, expect, it } from 'vitest';
import { createApp } from './http/app.ts';
import { expectContract } from './http/door-under-test.ts';
import { isLoopbackHost } from './http/gate.ts';
import type { SimulatedHouse } from './http/simulated-house.ts';
import { simulatedHouse } from './http/simulated-house.ts';
import type { Listener } from './listen.ts';
import { CannotListen, listen } from './listen.ts';
import { openLive } from './live/door.ts';

const guests = { allowsHost: isLoopbackHost, origins: new Set<string>() };
let listener: Listener | undefined;
afterEach(() => listener?.close(0));

async function open(host = 'localhost', port = 0): Promise<SimulatedHouse & { url: string }> {
  const simulated = simulatedHouse();
  const { house } = simulated;
  const app = createApp({ house, ...guests, pages: new Map() });
  const live = openLive({ house, guests });
  listener = await listen({ app, live, host, port, log: house.desk.ports.log });
  return { ...simulated, url: listener.url };
}

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

  it('needs no body where none is required', async () => {
    const { url } = await open();
    const response = await fetch(`${url}/tasks/unknown/cancel`, { method: 'POST' });
    expect({ status: response.status, body: await response.json() }).toMatchObject({
      status: 404,
      body: { code: 'not-found' },
    });
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
    const app = createApp({ house, ...guests, pages: new Map() });
    const second = listen({
      app,
      live: openLive({ house, guests }),
      host: 'localhost',
      port: Number(port),
      log: house.desk.ports.log,
    });
    await expect(second).rejects.toThrow(CannotListen);
    await expect(second).rejects.toThrow(`Port ${port} is in use.`);
  });
});
