import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Task } from '@holdfast/api/types';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { until } from './testing/given-pool.ts';
import { LiveClient } from './testing/live-client.ts';
import type { RealServer, ServerOptions } from './testing/real-server.ts';
import { freePort, startServer } from './testing/real-server.ts';

let servers: RealServer[] = [];
let dataDir = '';
beforeEach(() => (dataDir = mkdtempSync(join(tmpdir(), 'holdfast-live-'))));
afterEach(async () => {
  for (const server of servers) if (server.process.exitCode === null) await server.killAll();
  servers = [];
  rmSync(dataDir, { recursive: true, force: true });
});

async function start(options: Partial<ServerOptions> = {}): Promise<RealServer> {
  const server = await startServer({ dataDir, port: await freePort(), ...options });
  servers.push(server);
  return server;
}

const submit = ({ url }: RealServer, taskId: string, payload: object = { failureRate: 0 }) =>
  fetch(`${url}/tasks`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ taskId, payload }),
  });

describe('the live channel of a server', () => {
  it('tells of a task that was submitted after the subscription, until it is final', async () => {
    const server = await start();
    const client = await LiveClient.open(server.url);
    expect(await client.untilKind('welcome')).toMatchObject({ protocol: 'holdfast.v1', closesAt: null });
    expect(await client.subscribe('tasks')).toMatchObject({ kind: 'subscriptions', topics: ['tasks'] });
    await submit(server, 'one', { failureRate: 0, durationMs: 400 });
    await client.untilTask('one', 'succeeded');
    const seen = client.versionsOf('one');
    // Changes within one window share a frame, which carries the newest.
    const byVersion = [
      { version: 1, status: 'queued' },
      { version: 2, status: 'running' },
      { version: 3, status: 'succeeded' },
    ];
    const told = byVersion.filter(({ version }) => seen.some((each) => each.version === version));
    expect(seen).toMatchObject(told);
    expect(seen.slice(-2)).toMatchObject(byVersion.slice(1));
  });

  it('says goodbye when the server stops, and lets clients follow again after its start', async () => {
    const first = await start();
    const client = await LiveClient.open(first.url);
    await client.subscribe('tasks', 'stats');
    const stopped = first.stop();
    expect(await client.untilKind('goodbye')).toMatchObject({ reason: 'stopping' });
    expect(await client.closed).toBe(1001);
    expect(await stopped).toBe(0);
    const second = await start();
    const again = await LiveClient.open(second.url);
    await again.subscribe('tasks');
    await submit(second, 'after');
    await again.untilTask('after', 'succeeded');
  });

  it('shows a task to the example of the README', async () => {
    const server = await start();
    const readme = readFileSync(join(import.meta.dirname, '../README.md'), 'utf8');
    const example = /```js\n([^`]*live-tickets[^`]*)```/
      .exec(readme)![1]!
      .replaceAll('localhost:4000', `localhost:${server.port}`);
    const node = spawn(process.execPath, ['--input-type=module', '-e', example], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let output = '';
    node.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
    await until(() => output.includes('"subscriptions"'));
    await submit(server, 'of-the-readme');
    await until(() => output.includes('of-the-readme'));
    node.kill();
  });

  it('lets 300 clients come back at once after a crash, and they see what became of their tasks', async () => {
    const port = await freePort();
    const first = await start({ port, env: { TIMING: 'short' } });
    const clients = await Promise.all(Array.from({ length: 300 }, () => LiveClient.open(first.url)));
    await submit(first, 'long', { failureRate: 0, durationMs: 1_000 });
    await Promise.all(clients.map((client) => client.subscribe('task:long')));
    await first.killAll();
    expect(new Set(await Promise.all(clients.map(({ closed }) => closed)))).toEqual(new Set([1006]));
    const second = await start({ port, env: { TIMING: 'short' } });
    const again = await Promise.all(clients.map(() => LiveClient.open(second.url)));
    await Promise.all(again.map((client) => client.subscribe('task:long')));
    const { status } = (await (await fetch(`${second.url}/tasks/long`)).json()) as Task;
    if (status !== 'succeeded') await Promise.all(again.map((client) => client.untilTask('long', 'succeeded')));
    expect((await fetch(`${second.url}/tasks/long?wait=20`)).status).toBe(200);
    for (const { socket } of again) socket.close();
    expect(await second.stop()).toBe(0);
  });
});
