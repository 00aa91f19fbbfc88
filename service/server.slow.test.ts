import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Task, TaskDetail } from '@holdfast/api/types';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { until } from './testing/given-pool.ts';
import type { RealServer, ServerOptions } from './testing/real-server.ts';
import { freePort, startServer } from './testing/real-server.ts';

let servers: RealServer[] = [];
let dataDir = '';
beforeEach(() => (dataDir = mkdtempSync(join(tmpdir(), 'holdfast-server-'))));
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

const submit = ({ url }: RealServer, body: unknown) =>
  fetch(`${url}/tasks`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  }).then((response) => response.json() as Promise<Task>);

const finished = async ({ url }: RealServer, taskId: string, wait = 20) =>
  (await (await fetch(`${url}/tasks/${taskId}?wait=${wait}`)).json()) as TaskDetail;

describe('the server', () => {
  it('runs a task to its end, keeps one that fails, and runs it again', async () => {
    const server = await start();
    await submit(server, { taskId: 'well', payload: { failureRate: 0 } });
    expect(await finished(server, 'well')).toMatchObject({ status: 'succeeded', attempt: 1, result: { ok: true } });
    await submit(server, { taskId: 'task123', payload: { data: 'test data' } });
    expect(await finished(server, 'task123')).toMatchObject({ status: 'dead', attempt: 3, attemptsTotal: 3 });
    const redriven = await fetch(`${server.url}/tasks/task123/redrive`, { method: 'POST' });
    expect(redriven.status).toBe(202);
    expect(await finished(server, 'task123')).toMatchObject({ status: 'dead', attempt: 3, attemptsTotal: 6 });
    expect((await fetch(`${server.url}/ready`)).status).toBe(200);
  });

  it('stops without losing what runs or waits, and goes on after its start', async () => {
    const first = await start({ env: { STOP_SECONDS: '1' } });
    await submit(first, { taskId: 'long', payload: { failureRate: 0, durationMs: 3_000 } });
    const waiting = finished(first, 'long');
    while ((await finished(first, 'long', 0)).status !== 'running');
    const stopped = first.stop();
    expect((await waiting).status).toBe('running');
    expect(await stopped).toBe(0);
    const second = await start();
    const task = await finished(second, 'long');
    expect(task).toMatchObject({ status: 'succeeded', attempt: 1, attemptsTotal: 2 });
    expect(task.attempts.map(({ outcome }) => outcome)).toEqual(['released', 'succeeded']);
  });

  it('ends with the shell that npm started it in, and when its terminal is closed', async () => {
    const port = await freePort();
    const env = { ...process.env, npm_lifecycle_event: 'start', DATA_DIR: dataDir, PORT: String(port) };
    const command = `${process.execPath} ${join(import.meta.dirname, 'toolchain/run.mjs')} start & echo started; wait`;
    const shell = spawn('sh', ['-c', command], { env, stdio: ['ignore', 'pipe', 'inherit'] });
    let output = '';
    shell.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
    await until(() => output.includes('is ready'));
    shell.kill('SIGTERM');
    await until(() => output.includes('has stopped'));
    const server = await start();
    server.process.kill('SIGHUP');
    await until(() => server.output().includes('has stopped'));
  });

  it('says in a sentence why it cannot start', async () => {
    const { port } = await start();
    await expect(start()).rejects.toThrow(`Another Holdfast server is using the data folder ${dataDir}.`);
    const other = join(dataDir, 'other');
    await expect(start({ dataDir: other, port })).rejects.toThrow(`Port ${port} is in use.`);
    await expect(start({ dataDir: other, env: { DEFAULT_TYPE: 'nope' } })).rejects.toThrow(
      'DEFAULT_TYPE must be a type',
    );
    const env = { HOST: 'no/host', WORKERS: 'many' };
    await expect(start({ dataDir: other, env })).rejects.toThrow(/HOST must be[^]*WORKERS must be/);
  });

  it('goes on when nobody reads its log any more', async () => {
    const server = await start({ env: { LOG_LEVEL: 'debug' } });
    server.process.stdout!.destroy();
    server.process.stderr!.destroy();
    await submit(server, { taskId: 'unread', payload: { failureRate: 0, logLines: 5 } });
    expect(await finished(server, 'unread')).toMatchObject({ status: 'succeeded' });
    expect((await fetch(`${server.url}/ready`)).status).toBe(200);
    expect(await server.stop()).toBe(0);
  });

  it('gives its data folder free when its port is in use', async () => {
    const blocker = createServer().listen(0, '127.0.0.1');
    await once(blocker, 'listening');
    const { port } = blocker.address() as { port: number };
    await expect(start({ port })).rejects.toThrow(`Port ${port} is in use.`);
    blocker.close();
    await start();
  });
});
