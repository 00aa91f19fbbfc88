import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { isAlive, until } from '../given-pool.ts';
import type { RealServer } from '../real-server.ts';
import { childrenOf, freePort, startServer } from '../real-server.ts';
import { GivenTwin, STAND_INS } from './given-twin.ts';

let server: RealServer | undefined;
afterEach(async () => {
  if (server?.process.exitCode === null) await server.killAll();
});

async function startCommand(): Promise<{ command: RealServer; started: number[] }> {
  const entry = 'testing/twin/twin-command.ts';
  const env = { WITNESS: join(tmpdir(), 'holdfast-twin-unread') };
  const port = await freePort();
  const command = await startServer({ entry, env, args: [STAND_INS], dataDir: '', port });
  server = command;
  expect((await fetch(`${command.url}/count`)).status).toBe(200);
  return { command, started: childrenOf(command.process.pid!) };
}

test('what a signal ends, ends everything it started', async () => {
  const { command, started } = await startCommand();
  expect(started.length).toBeGreaterThan(1);
  expect(await command.stop()).toBe(0);
  expect(started.filter(isAlive)).toEqual([]);
});

test('no process outlives a twin that was killed, frozen or not', async () => {
  const { command, started } = await startCommand();
  const abandoned = fetch(`${command.url}/hang`).catch(() => 'cut');
  await until(() => command.output().includes('asked for /hang'));
  command.process.kill('SIGKILL');
  await until(() => !started.some(isAlive));
  expect(await abandoned).toBe('cut');
});

test('what stands between functions and emulators is what the functions are told', async () => {
  const given = new GivenTwin();
  const between = { dynamodb: 'http://127.0.0.1:9', sqs: 'http://127.0.0.1:10' };
  const twin = await given.start({ between: () => between });
  const environment = (await (await fetch(`${twin.url}/environment`)).json()) as Record<string, string>;
  expect(environment['AWS_ENDPOINT_URL_DYNAMODB']).toBe(between.dynamodb);
  expect(environment['QUEUE']).toBe(`${between.sqs}/000000000000/dev-Queue`);
  await given.send('Queue', 'one');
  await until(() => given.noted().includes('one done'));
  await given.stop();
});

test('a module can be taken in place of another, as a bundler does it', async () => {
  const given = new GivenTwin();
  const twin = await given.start({
    aliases: { './witness.ts': join(import.meta.dirname, 'stand-ins/other-witness.ts') },
  });
  expect((await fetch(`${twin.url}/alias`)).status).toBe(200);
  expect(given.noted()).toContain('instead: the witness');
  await given.stop();
});
