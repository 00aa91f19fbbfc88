import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Identities } from '../identities.ts';
import { givenIdentities, ownAddress } from '../identities.ts';
import type { RealServer } from '../real-server.ts';
import { freePort, startServer } from '../real-server.ts';
import { callersOf } from './callers.ts';
import type { Document, Operation } from './contract.ts';
import { Contract } from './contract.ts';
import type { Planned } from './planned.ts';
import type { Answered } from './wire.ts';
import { Wire } from './wire.ts';

let server: RealServer;
let identities: Identities;
let wire: Wire;
const dataDir = mkdtempSync(join(tmpdir(), 'holdfast-credentials-'));
beforeAll(async () => {
  identities = await givenIdentities();
  server = await startServer({ dataDir, port: await freePort(), env: { ...identities.env, LOG_LEVEL: 'debug' } });
  wire = new Wire(server.port);
});
afterAll(async () => {
  wire.close();
  if (server.process.exitCode === null) await server.killAll();
  await identities.issuer.close();
  rmSync(dataDir, { recursive: true });
});

/** What nobody else may learn of a header: the secret of a key, claims and signature of a token, the rest as it is. */
function secretsIn(authorization: string): readonly string[] {
  const [, credential = ''] = authorization.split(' ');
  const secret = /^holdfast_[^_]+_[^_]+_(.+)$/.exec(credential)?.[1];
  return secret === undefined ? credential.split('.').slice(-2) : [secret];
}

/** With another last letter but one: the last of a base64url text may mean the same. */
const spoilt = (authorization: string): string =>
  `${authorization.slice(0, -2)}${authorization.at(-2) === 'x' ? 'y' : 'x'}${authorization.slice(-1)}`;

const asked = ({ method, path, operationId }: Operation, authorization: string): Planned => ({
  ...{ index: 0, operationId, mutation: 'none', expected: 'either', method },
  target: path.replace(/\{\w+\}/g, 'unknown'),
  headers: {
    'Content-Type': 'application/json',
    Authorization: authorization,
    traceparent: `00-${'1'.repeat(32)}-${'2'.repeat(16)}-01`,
    'X-Forwarded-For': ownAddress(),
  },
  body: method === 'GET' ? undefined : Buffer.from('{"payload":{}}'),
});

const linesWith = (text: string, secret: string): string[] => text.split('\n').filter((line) => line.includes(secret));

it('a credential, good or bad, stands in no log line, no answer and no file', async () => {
  const contract = new Contract((await (await fetch(`${server.url}/openapi.json`)).json()) as Document);
  const good = (await callersOf(server.url, identities)).map(({ authorization }) => authorization!);
  const basic = `Basic ${Buffer.from(`key:${good.at(-1)}`).toString('base64')}`;
  const all = [...good, ...good.map(spoilt), basic, `Token ${'t'.repeat(40)}`, `Bearer ${'b'.repeat(40)}`];
  const statuses = new Set<number>();
  for (const authorization of all) {
    for (const operation of contract.operations) {
      const { status, text, headers } = (await wire.send(asked(operation, authorization))) as Answered;
      statuses.add(status);
      for (const secret of secretsIn(authorization)) expect(text + JSON.stringify(headers)).not.toContain(secret);
    }
  }
  expect([...statuses]).toEqual(expect.arrayContaining([200, 201, 202, 401, 403, 404, 422]));
  expect(await server.stop()).toBe(0);
  const files = readdirSync(dataDir).map((name) => readFileSync(join(dataDir, name), 'latin1'));
  expect(linesWith(server.output(), '"event":"request"').length).toBeGreaterThan(all.length);
  for (const secret of all.flatMap(secretsIn)) {
    expect(linesWith(server.output(), secret)).toEqual([]);
    expect(files.some((content) => content.includes(secret))).toBe(false);
  }
});
