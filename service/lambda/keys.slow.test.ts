// The keys of a stage as people make them: npm run keys:aws in a process of its own, on an emulator of DynamoDB.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newTable, startDynamo } from '../testing/emulators/dynamo.ts';
import type { DynamoEmulator } from '../testing/emulators/dynamo.ts';

const COMMAND = join(import.meta.dirname, 'keys-command.ts');
const CREDENTIALS = { AWS_REGION: 'eu-central-1', AWS_ACCESS_KEY_ID: 'test', AWS_SECRET_ACCESS_KEY: 'secret-of-ann' };

let dynamo: DynamoEmulator;
beforeAll(async () => {
  dynamo = await startDynamo();
  await newTable(dynamo, 'stage');
});
afterAll(() => dynamo.stop());

function keys(line: string, more: Record<string, string> = {}) {
  const env = { PATH: process.env['PATH'], ...CREDENTIALS, AWS_ENDPOINT_URL_DYNAMODB: dynamo.endpoint, ...more };
  const { status, stdout, stderr } = spawnSync(process.execPath, [COMMAND, ...line.split(' ')], {
    env,
    encoding: 'utf8',
  });
  return { code: status, out: stdout.trim(), said: stderr.trim() };
}

const CREATE = 'create --tenant acme --name first --scopes admin,tasks:read';

describe('npm run keys:aws', () => {
  it('makes, lists, rotates and revokes the keys of a stage', () => {
    const { code, out, said } = keys(`${CREATE} --table stage`);
    expect({ code, said }).toMatchObject({ code: 0, said: expect.stringContaining('in the table stage') as string });
    const [, id = ''] = /_([a-z0-9]{12})_/.exec(out) ?? [];
    expect(keys('list --tenant acme', { TABLE: 'stage' }).out).toContain(`${id}  usable  admin,tasks:read`);
    expect(keys(`rotate --tenant acme --id ${id} --table stage`).out).toContain(id);
    expect(keys(`revoke --tenant acme --id ${id} --table stage`)).toMatchObject({ code: 0, out: '' });
    expect(keys('list --tenant acme --table stage').out).toContain(`${id}  revoked`);
  });

  it.each([
    [CREATE, {}, 'Name the table of the stage'],
    [`${CREATE} --table stage`, { AWS_REGION: '' }, 'Name the region of the stage: set AWS_REGION.'],
    [`${CREATE} --table none`, {}, 'could not be asked: ResourceNotFoundException.'],
    [`${CREATE} --table stage`, { AWS_ENDPOINT_URL_DYNAMODB: 'http://127.0.0.1:9' }, 'could not be asked:'],
    ['revoke --tenant acme --id abcdefghijkl --table stage', {}, 'There is no key with this id of tenant acme'],
  ])('%s says in a sentence why nothing was done', (line, env, sentence) => {
    const { code, out, said } = keys(line, env);
    expect([code, out]).toEqual([1, '']);
    expect(said).toContain(sentence);
    expect(said).not.toContain('secret-of-ann');
  });

  it('says how it is called', () => {
    expect(keys('create --tenant acme')).toMatchObject({
      code: 2,
      said: expect.stringContaining('keys:aws') as string,
    });
  });
});
