// API keys as people use them: npm run keys makes one, a real server is asked with it over sockets, and nothing keeps its secret.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ApiKeyList, NewApiKey } from '@holdfast/api/types';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { ask } from './testing/http-request.ts';
import { answerTo } from './testing/raw-client.ts';
import type { RealServer } from './testing/real-server.ts';
import { freePort, startServer } from './testing/real-server.ts';

const COMMAND = join(import.meta.dirname, 'keys-command.ts');
const ALL = 'admin,tasks:submit,tasks:read,payloads:read,tasks:operate';

const newFolder = (): string => mkdtempSync(join(tmpdir(), 'holdfast-keys-'));
const folders: string[] = [];
const folder = (): string => folders[folders.push(newFolder()) - 1]!;
const servers: RealServer[] = [];
afterAll(() => folders.forEach((each) => rmSync(each, { recursive: true, force: true })));

interface Said {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** As `npm run -s keys -- …` does; `env` is all that it knows of a server. */
function keys(env: Record<string, string>, line: string, ...more: string[]): Said {
  const known = { ...process.env, HOLDFAST_URL: '', HOLDFAST_API_KEY: '', ...env };
  const args = [COMMAND, ...line.split(' '), ...more];
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { env: known, encoding: 'utf8' });
  return { status, stdout, stderr };
}

function firstKey(dataDir: string, line = `create --tenant acme --name first --scopes ${ALL}`): string {
  const { status, stdout, stderr } = keys({ DATA_DIR: dataDir }, line);
  expect({ status, stderr }).toEqual({ status: 0, stderr: expect.stringContaining('It is shown this once') as string });
  return stdout.trimEnd();
}

const bearer = (key: string) => ({ authorization: `Bearer ${key}` });
const idOf = (key: string): string => key.split('_')[2]!;
const get = async (server: RealServer, path: string, key: string) =>
  ask({ method: 'GET', url: server.url + path, headers: bearer(key) });
/** To a path, with a key and a body. */
type Posted = readonly [path: string, key: string, body?: object];
const post = async (server: RealServer, ...[path, key, body = {}]: Posted) => {
  const headers = { ...bearer(key), 'content-type': 'application/json' };
  return ask({ method: 'POST', url: server.url + path, headers, body: JSON.stringify(body) });
};

describe('a server that asks for keys', () => {
  const dataDir = folder();
  let server: RealServer;
  let admin = '';
  const made = async (wanted: object = {}): Promise<string> => {
    const { body } = await post(server, '/keys', admin, { name: 'one', scopes: ['tasks:read'], ...wanted });
    return (body as NewApiKey).key;
  };
  beforeAll(async () => {
    admin = firstKey(dataDir);
    const env = { HOST: '0.0.0.0', LOG_LEVEL: 'debug' };
    server = await startServer({ dataDir, port: await freePort(), env });
  });
  afterAll(() => server.stop());

  /** The whole answer to these header lines, without what names the one request. */
  const answerWith = async (...lines: string[]): Promise<string> => {
    const head = ['GET /tasks HTTP/1.1', 'Host: tasks.example.com', 'Connection: close', ...lines];
    const answer = await answerTo(server.url, `${head.join('\r\n')}\r\n\r\n`);
    return answer.replace(/^(X-Request-Id|Date): .*$/gm, '$1: …').replace(/requests\/[\w-]+/, 'requests/…');
  };
  const sent = (key: string): string => `Authorization: Bearer ${key}`;

  it('says the same to everybody it does not know, and why in its log alone', async () => {
    const good = await made();
    const revoked = await made();
    await post(server, `/keys/${idOf(revoked)}/revoke`, admin);
    const rotated = await made();
    await post(server, `/keys/${idOf(rotated)}/rotate`, admin, { graceSeconds: 0 });
    const expiresAt = new Date(Date.now() + 300).toISOString();
    const expired = await made({ expiresAt });
    while (Date.now() <= Date.parse(expiresAt)) await get(server, '/health', '');
    const ways: Record<string, string[]> = {
      missing: [],
      'malformed basic': [`Authorization: Basic ${good}`],
      'malformed empty': ['Authorization:'],
      'malformed twice': [sent(good), sent(good)],
      'malformed oversized': [sent('a'.repeat(9_000))],
      'unknown-token': [sent('e30.e30.e30')],
      'malformed-key': [sent(good.slice(0, 40))],
      'unknown-key tenant': [sent(good.replace('_acme_', '_other_'))],
      'unknown-key': [sent(good.replace(idOf(good), 'unknown00key'))],
      'wrong-secret': [sent(`${good.slice(0, -6)}AAAAAA`)],
      'wrong-secret rotated': [sent(rotated)],
      revoked: [sent(revoked)],
      expired: [sent(expired)],
    };
    const answers = new Set<string>();
    for (const lines of Object.values(ways)) answers.add(await answerWith(...lines));
    expect([...answers]).toEqual([
      expect.stringMatching(/^HTTP\/1.1 401 .*\r\nWWW-Authenticate: Bearer realm="holdfast"\r\n/s),
    ]);
    for (const way of Object.keys(ways)) expect(server.output()).toContain(`"reason":"${way.split(' ')[0]}"`);
    expect(await answerWith(sent(good))).toMatch(/^HTTP\/1.1 200 /);
    expect(await answerWith(`authorization: bearer ${good}`)).toMatch(/^HTTP\/1.1 200 /);
  });

  it('takes the secret before a rotation until its grace is over', async () => {
    const before = await made();
    const { body } = await post(server, `/keys/${idOf(before)}/rotate`, admin, { graceSeconds: 1 });
    const { key, previousEndsAt } = body as NewApiKey;
    expect((await get(server, '/tasks', before)).status).toBe(200);
    while (Date.now() <= Date.parse(previousEndsAt!)) await get(server, '/health', '');
    expect([(await get(server, '/tasks', before)).status, (await get(server, '/tasks', key)).status]).toEqual([
      401, 200,
    ]);
  });

  it('knows a key no more as soon as it is revoked, and shows when it was used', async () => {
    const key = await made();
    expect((await get(server, '/tasks', key)).status).toBe(200);
    await post(server, `/keys/${idOf(key)}/revoke`, admin);
    expect((await get(server, '/tasks', key)).status).toBe(401);
    const { items } = (await get(server, '/keys', admin)).body as ApiKeyList;
    const shown = items.find(({ keyId }) => keyId === idOf(key));
    expect(shown).toMatchObject({ state: 'revoked', lastUsedAt: expect.stringMatching(/^20/) as string });
  });

  it('writes no secret to the disk or the log, and warns that keys travel readable', async () => {
    const key = await made();
    await post(server, `/keys/${idOf(key)}/rotate`, admin);
    for (const path of ['/tasks', '/identity', '/keys']) await get(server, path, key);
    const files = readdirSync(dataDir).map((name) => readFileSync(join(dataDir, name), 'latin1'));
    const places = [...files, server.output()];
    expect(places.some((place) => place.includes(idOf(key)))).toBe(true);
    for (const text of [admin, key]) {
      const secret = text.split('_').slice(3).join('_');
      expect(places.filter((place) => place.includes(secret))).toEqual([]);
    }
    expect(server.output()).toContain('travel readable');
  });
});

describe('npm run keys', () => {
  afterEach(async () => {
    for (const server of servers.splice(0)) await server.stop();
  });

  const start = async (dataDir: string, env: Record<string, string>): Promise<RealServer> => {
    const server = await startServer({ dataDir, port: await freePort(), env });
    servers.push(server);
    return server;
  };

  it('makes, lists, rotates and revokes keys in the data folder that no server uses', () => {
    const env = { DATA_DIR: folder() };
    const key = firstKey(
      env.DATA_DIR,
      'create --tenant acme --name first --scopes admin,tasks:read --expires 2035-01-01T00:00:00Z',
    );
    expect(key).toMatch(/^holdfast_acme_[a-z0-9]{12}_[\w-]{40,64}$/);
    expect(keys(env, 'list --tenant acme').stdout).toBe(
      `${idOf(key)}  usable  admin,tasks:read  expires=2035-01-01T00:00:00.000Z  used=never  first\n`,
    );
    const rotated = keys(env, `rotate --tenant acme --grace-seconds 0 --id ${idOf(key)}`);
    expect(rotated).toMatchObject({ status: 0, stdout: expect.stringContaining(idOf(key)) as string });
    expect(rotated.stdout.trim()).not.toBe(key);
    expect(keys(env, `revoke --tenant acme --id ${idOf(key)}`)).toMatchObject({ status: 0, stdout: '' });
    expect(keys(env, 'list --tenant acme').stdout).toContain('  revoked  ');
    expect(keys(env, `revoke --tenant other --id ${idOf(key)}`)).toMatchObject({
      status: 1,
      stderr: `There is no key with this id of tenant other in ${env.DATA_DIR}.\n`,
    });
  });

  it('asks the server that uses the folder, for its own tenant alone', async () => {
    const dataDir = folder();
    const key = firstKey(dataDir);
    const { port } = await start(dataDir, { IDENTITY: 'required' });
    const env = { DATA_DIR: dataDir, PORT: String(port) };
    expect(keys(env, 'list --tenant acme').stderr).toContain(
      'it asks for a key. Set HOLDFAST_API_KEY to a key of tenant acme',
    );
    const withKey = { ...env, HOLDFAST_API_KEY: key };
    expect(keys(withKey, 'create --tenant other --name b --scopes admin')).toMatchObject({
      status: 1,
      stdout: '',
      stderr: expect.stringContaining('HOLDFAST_API_KEY is of tenant acme') as string,
    });
    const second = keys(withKey, 'create --tenant acme --scopes tasks:read --name', 'second of two');
    expect(second).toMatchObject({ status: 0, stdout: expect.stringMatching(/^holdfast_acme_/) as string });
    expect(keys(withKey, 'list --tenant acme').stdout).toContain('second of two');
    expect(keys({ ...withKey, PORT: '1' }, 'list --tenant acme').stderr).toContain('gave no answer. Set HOLDFAST_URL');
  });

  it('needs no key where a server asks for none', async () => {
    const dataDir = folder();
    const { url } = await start(dataDir, {});
    const said = keys({ HOLDFAST_URL: url }, 'create --tenant local --name a --scopes tasks:read');
    expect(said).toMatchObject({ status: 0, stdout: expect.stringMatching(/^holdfast_local_/) as string });
    expect(keys({ HOLDFAST_URL: url }, 'list --tenant acme').stderr).toContain('knows tenant local alone');
  });

  it.each([
    ['', 'Name what is to be done.'],
    ['make', 'Name what is to be done.'],
    ['create --tenant acme', 'Missing: --name, --scopes.'],
    ['create --tenant A_ --name a --scopes admin', '--tenant must be'],
    [
      'create --tenant acme --name a --scopes admin,all',
      '--scopes: must be equal to one of the allowed values. Scopes are: ',
    ],
    ['create --tenant acme --name a --scopes admin --expires tomorrow', '--expires: must match'],
    ['create --tenant acme --name a --scopes admin --expires 2020-01-01T00:00:00Z', '--expires: is past.'],
    ['rotate --tenant acme --id unknown00key --grace-seconds 1e3', '--grace-seconds: must be integer'],
    ['list --tenant acme --all', "Unknown option '--all'"],
  ])('says in a sentence what is wrong with: %s', (line, sentence) => {
    const { status, stdout, stderr } = keys({ DATA_DIR: folder() }, line);
    expect({ status, stdout, stderr }).toEqual({
      status: 2,
      stdout: '',
      stderr: expect.stringContaining(sentence) as string,
    });
  });
});

/** The commands of the README, as they stand there. */
it('the README leads to a key, a server that others reach, and an answer', async () => {
  const README = readFileSync(join(import.meta.dirname, '../README.md'), 'utf8');
  const commands =
    /```\nnpm run -s keys -- (.*)\nHOST=(\S+) npm start\n```[^`]*```\nexport (\S+)=\S+\ncurl localhost:4000(\S+) -H "(.*): (.*)"\n```/;
  const [, line = '', HOST = '', name = '', path = '', header = '', value = ''] = commands.exec(README)!;
  const dataDir = folder();
  const key = firstKey(dataDir, line);
  const server = await startServer({ dataDir, port: await freePort(), env: { HOST } });
  const headers = { [header]: value.replace(`$${name}`, key) };
  const { status } = await ask({ method: 'GET', url: server.url + path, headers });
  await server.stop();
  expect(status).toBe(200);
});

describe('a server that nobody could use', () => {
  it.each([{ HOST: '0.0.0.0' }, { IDENTITY: 'required' }, { ALLOWED_HOSTS: 'tasks.example.com' }])(
    'does not start, and says how to make a key: %o',
    async (env) => {
      const dataDir = folder();
      const port = await freePort();
      const started = startServer({ dataDir, port, env });
      await expect(started).rejects.toThrow(`DATA_DIR=${dataDir} npm run keys -- create --tenant acme`);
    },
  );

  it('runs what was accepted when its last key has ended, and says so', async () => {
    const dataDir = folder();
    const key = firstKey(dataDir);
    keys({ DATA_DIR: dataDir }, `revoke --tenant acme --id ${idOf(key)}`);
    const server = await startServer({ dataDir, port: await freePort(), env: { IDENTITY: 'required' } });
    expect(server.output()).toContain('is revoked or expired: tasks run on, and nobody can sign in');
    expect((await fetch(`${server.url}/tasks`, { headers: { authorization: `Bearer ${key}` } })).status).toBe(401);
    expect(await server.stop()).toBe(0);
  });

  it('is never one that lets others in without asking who they are', async () => {
    const started = startServer({
      dataDir: folder(),
      port: await freePort(),
      env: { HOST: '0.0.0.0', IDENTITY: 'local' },
    });
    await expect(started).rejects.toThrow('IDENTITY must be required');
  });
});
