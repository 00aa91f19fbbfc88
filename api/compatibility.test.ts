// The promises of the gate: what breaks a client of the released contract is named, what does not is let through.
import { describe, expect, test } from 'vitest';
import { breakingChanges, newestRelease, readContracts } from './generator/compatibility.ts';
import type { Contracts } from './generator/promises.ts';

/** A place in one of the two documents, and what stands there afterwards: a value, or one made of the old. */
type Edit = readonly [document: keyof Contracts, path: string, to: unknown];
type Branch = Record<string, unknown>;

const contracts = readContracts(import.meta.dirname);
const SCHEMAS = 'components.schemas';

const plus =
  (...values: string[]) =>
  (list: unknown) => [...(list as string[]), ...values];
const minus = (value: string) => (list: unknown) => (list as string[]).filter((each) => each !== value);

/** The parameters with other keywords in the schema of one. */
const named = (name: string, keywords: object) => (list: unknown) =>
  (list as { name?: string; schema?: object }[]).map((each) =>
    each.name === name ? { ...each, schema: { ...each.schema, ...keywords } } : each,
  );

function edited(edits: readonly Edit[]): Contracts {
  const draft = structuredClone(contracts) as unknown as Branch;
  for (const [document, path, to] of edits) {
    const keys = path.split('.');
    const last = keys.pop()!;
    const at = keys.reduce((branch, key) => branch?.[key] as Branch | undefined, draft[document] as Branch | undefined);
    if (typeof at !== 'object') throw new Error(`The contract has no ${path}: choose another place`);
    const value: unknown = typeof to === 'function' ? (to as (old: unknown) => unknown)(at[last]) : to;
    if (value === undefined) Reflect.deleteProperty(at, last);
    else at[last] = value;
  }
  return draft as unknown as Contracts;
}

/** By the fault that the gate must name. Each touches a place of its own, so that one comparison judges all. */
const BREAKING: Readonly<Record<string, readonly Edit[]>> = {
  'Property `message` was removed': [
    ['openapi', `${SCHEMAS}.LastFailure.properties.message`, undefined],
    ['openapi', `${SCHEMAS}.LastFailure.required`, minus('message')],
  ],
  'Property `runAt` was removed': [['openapi', `${SCHEMAS}.TaskFields.properties.runAt`, undefined]],
  'Properties are no longer required: `until`': [['openapi', `${SCHEMAS}.Waiting.required`, minus('until')]],
  'Type of `indexed`': [['openapi', `${SCHEMAS}.TaskPage.properties.indexed.type`, 'string']],
  // One list, in answers and in a request: each is judged by its own side.
  "Enum of `status` gained values: 'paused'": [['openapi', `${SCHEMAS}.TaskStatus.enum`, plus('paused')]],
  "Enum lost values: 'cancelled'": [['openapi', `${SCHEMAS}.TaskStatus.enum`, minus('cancelled')]],
  'Properties became required: `reason`': [['openapi', `${SCHEMAS}.CancelRequest.required`, ['reason']]],
  'Property `tags` was removed': [['openapi', `${SCHEMAS}.TaskSubmit.properties.tags`, undefined]],
  'Upper bound of `delaySeconds` changed': [['openapi', `${SCHEMAS}.TaskSubmit.properties.delaySeconds.maximum`, 60]],
  '`pattern` of `taskId` changed': [['openapi', `${SCHEMAS}.TaskId.pattern`, '^[a-z]+$']],
  '`wait` query parameter was removed': [['openapi', 'paths./tasks/{taskId}.get.parameters', []]],
  'Required `colour` query parameter was added': [
    ['openapi', 'paths./health.get.parameters', [{ name: 'colour', in: 'query', required: true, schema: {} }]],
  ],
  'Path `/ready` was removed': [['openapi', 'paths./ready', undefined]],
  'Response `200` became `207`': [
    ['openapi', 'paths./tasks/batch.post.responses.207', { description: 'Another status.' }],
    ['openapi', 'paths./tasks/batch.post.responses.200', undefined],
  ],
  'Response header `Location` was removed': [
    ['openapi', 'paths./tasks.post.responses.202.headers.Location', undefined],
  ],
  'became required: `body`.* at /requests/getHealth/': [
    [
      'openapi',
      'paths./health.get.requestBody',
      { required: true, content: { 'application/json': { schema: { type: 'object' } } } },
    ],
  ],
  'Request body became required': [['openapi', 'paths./tasks/{taskId}/redrive.post.requestBody.required', true]],
  "Upper bound of `maxBodyBytes` changed from '<= 278528' to '<= 1024'": [
    ['openapi', 'paths./tasks.post.x-max-body-bytes', 1024],
  ],
  "gained values: '422'.* at /problem-statuses/not-dead/": [['openapi', 'x-problems.not-dead.status', 422]],
  'Path `/problem-statuses/conflict` was removed': [['openapi', 'x-problems.conflict', undefined]],
  'Path `/retryable/rate-limited` was removed': [['openapi', 'x-problems.rate-limited.retryable', false]],
  '`const` changed.* at /parameter-problems/getAttempt/fence/': [
    ['openapi', 'components.parameters.Fence.x-problem', undefined],
  ],
  "`const` changed from '25' to '1'.* at /defaults/listTasks/limit/": [
    ['openapi', 'paths./tasks.get.parameters', named('limit', { default: 1 })],
  ],
  'at /defaults/listTasks/status/': [['openapi', 'paths./tasks.get.parameters', named('status', { default: 'dead' })]],
  "lost values: 'tasks:read'.* at /scopes/listTypes/": [['openapi', 'paths./types.get.x-scope', 'tasks:operate']],
  'Path `/judged-alone/submitTasks/tasks` was removed': [
    ['openapi', `${SCHEMAS}.BatchRequest.properties.tasks.x-judged-alone`, undefined],
  ],
  'Path `/live/server/resync` was removed': [['asyncapi', 'components.messages.resync', undefined]],
  'Property `at` was removed': [
    ['asyncapi', `${SCHEMAS}.Pong.properties.at`, undefined],
    ['asyncapi', `${SCHEMAS}.Pong.required`, minus('at')],
  ],
  'Properties became required: `at`': [
    ['asyncapi', `${SCHEMAS}.Ping.properties.at`, { type: 'string' }],
    ['asyncapi', `${SCHEMAS}.Ping.required`, plus('at')],
  ],
  "`pattern` changed .* to '^tasks$'": [['asyncapi', `${SCHEMAS}.Topic.pattern`, '^tasks$']],
  '`const` of `kind` changed': [['asyncapi', `${SCHEMAS}.Goodbye.properties.kind.const`, 'bye']],
  'Path `/live/live` was renamed to `/live/ws`': [['asyncapi', 'channels.live.address', '/ws']],
};

/** Told too late: clients of the release do not know that the list grows. */
const GROWN_LATE: readonly Edit[] = [
  ['openapi', `${SCHEMAS}.FailureClass.enum`, plus('COSMIC')],
  ['openapi', `${SCHEMAS}.FailureClass.x-grows`, true],
];

const HARMLESS: Readonly<Record<string, readonly Edit[]>> = {
  'an optional field of a request': [['openapi', `${SCHEMAS}.TaskSubmit.properties.note`, { type: 'string' }]],
  'a field of an answer': [
    ['openapi', `${SCHEMAS}.LastFailure.properties.host`, { type: 'string' }],
    ['openapi', `${SCHEMAS}.LastFailure.required`, plus('host')],
  ],
  'an optional parameter': [
    ['openapi', 'paths./health.get.parameters', [{ name: 'colour', in: 'query', schema: { type: 'string' } }]],
  ],
  'an operation': [['openapi', 'paths./version', { get: { operationId: 'getVersion', responses: {} } }]],
  'a wider range of a request': [['openapi', `${SCHEMAS}.TaskSubmit.properties.delaySeconds.maximum`, 9_999_999]],
  'a larger body': [['openapi', 'paths./tasks.post.x-max-body-bytes', 1_000_000]],
  'a value of a list that grows': [
    ['openapi', `${SCHEMAS}.ProblemCode.enum`, plus('too-early')],
    ['asyncapi', `${SCHEMAS}.Resync.properties.reason.enum`, plus('moved')],
  ],
  'a problem': [['openapi', 'x-problems.too-early', { status: 425, title: '', retryable: true, remedy: '' }]],
  'a problem that becomes retryable': [['openapi', 'x-problems.not-found.retryable', true]],
  'an operation for everybody': [['openapi', 'paths./tasks/{taskId}.get.x-scope', 'none']],
  'other words': [['openapi', 'paths./health.get.summary', 'Does it breathe?']],
  'an optional field of a live message': [['asyncapi', `${SCHEMAS}.Ping.properties.at`, { type: 'string' }]],
  'a field of a live message from the server': [['asyncapi', `${SCHEMAS}.Pong.properties.load`, { type: 'number' }]],
};

describe('a change of the contract', { timeout: 60_000 }, () => {
  const found = breakingChanges(contracts, edited(Object.values(BREAKING).flat()));

  test.each(Object.keys(BREAKING))('that breaks clients is named: %s', (sentence) => {
    expect(found.filter((each) => new RegExp(escaped(sentence)).test(each))).not.toEqual([]);
  });

  test('that declares a list to grow together with its first new value is named', () => {
    expect(breakingChanges(contracts, edited(GROWN_LATE))).toContainEqual(expect.stringContaining("'COSMIC'"));
  });

  test(`that breaks no client passes: ${Object.keys(HARMLESS).join(', ')}`, () => {
    expect(breakingChanges(contracts, edited(Object.values(HARMLESS).flat()))).toEqual([]);
  });
});

/** Only `.*` is a pattern. */
const escaped = (sentence: string) => sentence.replace(/[{}()[\]$^+?|]/g, '\\$&');

test.each([
  [['0.1.0', '0.2.0', '0.10.0', '1.0.0'], '0.11.0', '0.10.0'],
  [['0.1.0', '1.0.0'], '1.0.0', '1.0.0'],
  [['0.1.0'], '1.0.0', undefined],
])('of the releases %o a contract of version %s is compared with %s', (versions, version, expected) => {
  expect(newestRelease(versions, version)).toBe(expected);
});
