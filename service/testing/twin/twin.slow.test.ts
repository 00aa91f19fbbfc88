import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
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
  expect(await (await fetch(`${command.url}/docs/problems`)).text()).toContain('too-many-keys');
  return { command, started: childrenOf(command.process.pid!) };
}

const refusedWith = (env: Record<string, string>, ...args: string[]): { status: number | null; stderr: string } => {
  const entry = join(import.meta.dirname, 'twin-command.ts');
  const { status, stderr } = spawnSync(process.execPath, [entry, ...args], {
    encoding: 'utf8',
    env: { ...process.env, ...env },
  });
  return { status, stderr };
};

test('a setting that no function could use, or a port that is taken, is said before anything starts', async () => {
  const sentences = [
    'RATE_LIMIT_PER_SECOND must be a whole number from 0 to 1000000.',
    'TIMING must be one of: standard, short.',
  ];
  const wrong = refusedWith({ PORT: '0', RATE_LIMIT_PER_SECOND: 'many', TIMING: 'odd' });
  expect(wrong).toEqual({ status: 1, stderr: `${sentences.join('\n')}\n` });
  const other = createServer().listen(0, '127.0.0.1');
  await once(other, 'listening');
  const { port } = other.address() as AddressInfo;
  const taken = refusedWith({ PORT: String(port) });
  other.close();
  expect(taken.stderr).toBe(`Port ${port} is in use. Stop what uses it, or set PORT to another one.\n`);
});

test.each([
  [['--stage', 'prod'], 'takes the file that stands for serverless.yml, and nothing else.'],
  [['one.yml', 'two.yml'], 'takes the file that stands for serverless.yml, and nothing else.'],
  [['nowhere.yml'], 'nowhere.yml cannot be read as YAML: ENOENT'],
  [[import.meta.filename], 'cannot be read as YAML: '],
  [[join(import.meta.dirname, '../../package.json')], 'package.json declares no functions.'],
])('arguments %j of the command get a sentence, not a stack', (args, sentence) => {
  const { status, stderr } = refusedWith({ PORT: '0' }, ...args);
  expect(status).toBe(1);
  expect(stderr).toContain(sentence);
  expect(stderr).not.toMatch(/^ {4}at /m);
});

test('who asks before it stands is told to come again, and waits for nobody', async () => {
  const given = new GivenTwin();
  const port = await freePort();
  const starting = given.start({ port });
  let early: Response | undefined;
  await until(async () => {
    early = await fetch(`http://127.0.0.1:${port}/count`).catch(() => undefined);
    return early !== undefined;
  });
  const twin = await starting;
  const then = await fetch(`${twin.url}/count`);
  await given.stop();
  expect([early?.status, early?.headers.get('retry-after'), then.status]).toEqual([503, '1', 200]);
});

test('what a signal ends, ends everything it started', async () => {
  const { command, started } = await startCommand();
  await until(() => /DynamoDB is at http:\S+ \(things-dev\), SQS at/.test(command.output()));
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
