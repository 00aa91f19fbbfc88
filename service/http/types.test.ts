import type { TaskTypeEntry } from '@holdfast/api/task-type';
import type { Problem, TypeInfo, TypeList } from '@holdfast/api/types';
import type { ValidationFault, Validator } from '@holdfast/api/validator';
import { describe, expect, it } from 'vitest';
import { DEFAULT_POLICY } from '../core/rules.ts';
import type { Loaded, OwnTypes } from './catalogue.ts';
import { catalogueOf } from './catalogue.ts';
import { openDoor } from './door-under-test.ts';

const MAIL: TaskTypeEntry = {
  type: 'send-mail',
  title: 'Send a mail',
  description: 'Sends one mail.',
  payloadVersion: 2,
  payload: { type: 'object', required: ['to'] },
  result: {},
  examples: [{ summary: 'A greeting', payload: { to: 'ann' } }],
};
const MISSING: ValidationFault = { instancePath: '', keyword: 'required', params: { missingProperty: 'to' } };

/** As a generated one: it proves, or says what is wrong. */
const judge: Validator<unknown> = Object.assign((value: unknown): value is unknown => 'to' in (value as object), {
  errors: [MISSING],
});

const OWN: OwnTypes = {
  types: [MAIL],
  faulty: [{ type: 'Shout', problem: 'Shout: a type is named with a-z, 0-9 and -, at most 64 of them.' }],
  payloads: { 'send-mail': judge },
};
const WELL: Loaded = { payloadVersions: [1, 2], policy: { ...DEFAULT_POLICY, maxAttempts: 5, maxAgeMs: 90_000 } };

const doorWith = (own: Partial<OwnTypes>, loaded: (type: string) => Loaded | undefined = () => WELL) =>
  openDoor({ house: { catalogue: catalogueOf({ ...OWN, ...own }), loaded } });

const listed = async (door: ReturnType<typeof openDoor>): Promise<Record<string, TypeInfo>> => {
  const { body } = await door.ask<TypeList>('GET /types');
  return Object.fromEntries(body.items.map((each) => [each.type, each]));
};

describe('listTypes', () => {
  it('lists every type in the order of the names, with what it takes and how it is run', async () => {
    const types = await listed(doorWith({}));
    expect(Object.keys(types)).toEqual(['Shout', 'http-request', 'send-mail', 'simulate']);
    expect(types['send-mail']).toEqual({
      type: 'send-mail',
      title: 'Send a mail',
      description: 'Sends one mail.',
      version: 2,
      payloadSchema: MAIL.payload,
      resultSchema: {},
      examples: MAIL.examples,
      policy: {
        maxAttempts: 5,
        timeoutSeconds: 60,
        backoff: { floorSeconds: 0.1, baseSeconds: 1, capSeconds: 300 },
        maxAgeSeconds: 90,
      },
      state: 'available',
      problem: null,
    });
    expect(types['simulate']?.payloadSchema).toMatchObject({ type: 'object', additionalProperties: false });
  });

  it('says of a type that cannot be submitted why, and shows what is known of it', async () => {
    const types = await listed(
      doorWith({}, (type) => (type === 'send-mail' ? { ...WELL, payloadVersions: [1] } : { error: 'It has no run.' })),
    );
    const problems = Object.fromEntries(Object.values(types).map(({ type, problem }) => [type, problem]));
    expect(problems).toEqual({
      Shout: OWN.faulty[0]!.problem,
      'send-mail': 'Its schema is version 2, but policy.payloadVersions of its handler names only 1.',
      'http-request': 'It has no run.',
      simulate: 'It has no run.',
    });
    expect(Object.values(types).every(({ state }) => state === 'unavailable')).toBe(true);
    expect(types['Shout']).toMatchObject({ title: 'Shout', version: null, payloadSchema: null, policy: null });
  });

  it('shows no policy before a worker has spoken, and takes tasks all the same', async () => {
    const door = doorWith({}, () => undefined);
    expect((await listed(door))['simulate']).toMatchObject({ state: 'available', policy: null });
    expect((await door.ask('POST /tasks', { payload: {} })).status).toBe(202);
  });
});

describe('a task of a type of the installation', () => {
  it('is judged by its own schema and stored with its version', async () => {
    const { ask, store } = doorWith({});
    const submit = (payload: object) => ask<Problem>('POST /tasks', { taskId: 'one', type: 'send-mail', payload });
    const refused = await submit({});
    expect(refused).toMatchObject({
      status: 422,
      body: { errors: [{ pointer: '/payload/to', message: 'is missing' }] },
    });
    expect((await submit({ to: 'ann' })).status).toBe(202);
    expect(store.items.get('local/one')).toMatchObject({ type: 'send-mail', payloadVersion: 2 });
    expect((await submit({ to: 'x'.repeat(262_144) })).body.code).toBe('payload-too-large');
  });

  it('is 503 while its schema or its handler cannot be used, and no other type is', async () => {
    const faulty = [{ type: 'send-mail', problem: 'send-mail/schema.yaml: payload is missing.' }];
    const codeOf = async (door: ReturnType<typeof openDoor>, body: object) =>
      (await door.ask<Problem>('POST /tasks', body)).body.code;
    const mail = { type: 'send-mail', payload: { to: 'ann' } };
    const badSchema = doorWith({ types: [], faulty });
    expect(await codeOf(badSchema, mail)).toBe('type-unavailable');
    const badHandler = doorWith({}, (type) => (type === 'simulate' ? WELL : { error: 'It has no run.' }));
    expect(await codeOf(badHandler, mail)).toBe('type-unavailable');
    for (const door of [badSchema, badHandler]) {
      expect((await door.ask('POST /tasks', { payload: {} })).status).toBe(202);
      expect(await codeOf(door, { type: 'teleport', payload: {} })).toBe('unknown-task-type');
    }
  });

  it('is told which types there are, those that can be used and at most twenty of them', async () => {
    const refusal = async (door: ReturnType<typeof openDoor>) =>
      (await door.ask<Problem>('POST /tasks', { type: 'teleport', payload: {} })).body.detail;
    expect(await refusal(doorWith({}))).toBe('The types that can be used here are http-request, send-mail, simulate.');
    const bad = doorWith({}, (type) => (type === 'simulate' ? WELL : { error: 'It has no run.' }));
    expect(await refusal(bad)).toBe('The types that can be used here are simulate.');
    const types = Array.from({ length: 30 }, (_, index) => ({ ...MAIL, type: `mail-${index + 10}` }));
    const payloads = Object.fromEntries(types.map(({ type }) => [type, judge]));
    expect(await refusal(doorWith({ types, payloads }))).toMatch(/mail-28, and 12 more: GET \/types lists them\.$/);
  });

  it('is judged by its own schema when it runs again with another payload', async () => {
    const { ask, change, store } = doorWith({});
    await ask('POST /tasks', { taskId: 'one', type: 'send-mail', payload: { to: 'ann' } });
    change('one', {
      status: 'dead',
      announcement: 'sent',
      fence: 1,
      payloadVersion: 1,
      finishedAtMs: 0,
      purgeAtMs: 1e15,
    });
    const refused = await ask<Problem>('POST /tasks/one/redrive', { payload: {} });
    expect(refused).toMatchObject({ status: 422, body: { errors: [{ pointer: '/payload/to' }] } });
    expect((await ask('POST /tasks/one/redrive', { payload: { to: 'bob' } })).status).toBe(202);
    expect(store.items.get('local/one')).toMatchObject({ payload: '{"to":"bob"}', payloadVersion: 2 });
  });

  it('runs by no handler at all when it has the name of a built-in type', async () => {
    const faulty = [{ type: 'simulate', problem: 'simulate is the name of a built-in type.' }];
    const { ask } = doorWith({ faulty });
    expect(await ask('POST /tasks', { payload: {} })).toMatchObject({
      status: 503,
      body: { code: 'type-unavailable' },
    });
  });
});
