// What `npm run package` makes: a stage as CloudFormation, held against what the code asks for, and the bundles of its functions.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it, test } from 'vitest';
import { ATTENTION, KEYS, PROJECTED, TIMELINE, TTL } from './aws/table.ts';
import { actionFor, CALLS } from './testing/aws-calls.ts';
import { newTable, startDynamo } from './testing/emulators/dynamo.ts';
import type { Packaged, Resource } from './testing/packaged-stage.ts';
import { packaged } from './testing/packaged-stage.ts';
import { DescribeTableCommand } from '@aws-sdk/client-dynamodb';

const LAMBDA = join(import.meta.dirname, 'lambda');
const FUNCTIONS = Object.keys(CALLS);
const logical = (name: string): string => name[0]!.toUpperCase() + name.slice(1);

let stage: Packaged;
beforeAll(() => {
  stage = packaged('dev');
  expect(stage.output).toContain('Service packaged');
}, 120_000);

const ofType = (type: string): Resource[] =>
  Object.values(stage.resources).filter(({ Type }) => Type === `AWS::${type}`);
/** A part of a resource, as its reader knows it. */
// eslint-disable-next-line @typescript-eslint/no-unnecessary-type-parameters -- what CloudFormation has there no type knows
const at = <Part>(resource: Resource | undefined, name: string): Part => resource?.Properties[name] as Part;
const functionOf = (name: string): Resource => stage.resources[`${logical(name)}LambdaFunction`]!;

interface Statement {
  readonly Effect: string;
  readonly Action: string | string[];
  readonly Resource: unknown;
}
const statementsOf = (name: string): Statement[] => {
  const policies = at<{ PolicyDocument: { Statement: Statement[] } }[]>(
    stage.resources[`${logical(name)}Role`],
    'Policies',
  );
  return policies.flatMap(({ PolicyDocument }) => PolicyDocument.Statement);
};

describe('functions', () => {
  it('are those whose handlers are there, and every handler has one', () => {
    const isFunction = (file: string) => /^export const handler\b/m.test(readFileSync(join(LAMBDA, file), 'utf8'));
    const files = readdirSync(LAMBDA).filter((file) => /^[a-z-]+\.ts$/.test(file) && isFunction(file));
    const handlers = FUNCTIONS.map((name) => at<string>(functionOf(name), 'Handler'));
    expect(ofType('Lambda::Function')).toHaveLength(FUNCTIONS.length);
    expect([...new Set(handlers)].sort()).toEqual(
      files.map((file) => `service/lambda/${file.slice(0, -3)}.handler`).sort(),
    );
  });

  it('run on the Node that this was tested with, on ARM, and log no line that nobody reads', () => {
    for (const name of FUNCTIONS) {
      const { Runtime, Architectures, LoggingConfig } = functionOf(name).Properties as Readonly<
        Record<string, unknown>
      >;
      const logging = { LogFormat: 'JSON', SystemLogLevel: 'WARN', ApplicationLogLevel: 'TRACE' };
      expect([Runtime, Architectures, LoggingConfig]).toEqual(['nodejs24.x', ['arm64'], logging]);
      expect(at(stage.resources[`${logical(name)}LogGroup`], 'RetentionInDays')).toBe(7);
    }
  });

  it('may ring themselves only where attempts run', () => {
    const looping = FUNCTIONS.filter((name) => at(functionOf(name), 'RecursiveLoop') === 'Allow');
    expect(looping).toEqual(['work', 'isolated']);
  });

  it('are started by this stage alone', () => {
    const permissions = ofType('Lambda::Permission');
    expect(permissions.length).toBeGreaterThan(0);
    for (const each of permissions) expect(at(each, 'SourceArn')).toBeDefined();
  });
});

describe('roles', () => {
  it('are one for each function', () => {
    const roles = FUNCTIONS.map((name) => at<{ 'Fn::GetAtt': string[] }>(functionOf(name), 'Role')['Fn::GetAtt'][0]);
    expect(roles).toEqual(FUNCTIONS.map((name) => `${logical(name)}Role`));
    expect(ofType('IAM::Role')).toHaveLength(FUNCTIONS.length);
  });

  test.each(FUNCTIONS)('%s may do what it does, and nothing else', (name) => {
    const granted = statementsOf(name).flatMap(({ Action, Resource }) =>
      [Resource].flat().flatMap((each) => [Action].flat().map((action) => `${action} ${shown(each)}`)),
    );
    const own = ['logs:CreateLogStream', 'logs:PutLogEvents'].map((action) => `${action} ${logical(name)}LogGroup`);
    const traces = ['xray:PutTelemetryRecords *', 'xray:PutTraceSegments *'];
    const called = Object.entries(CALLS[name]!).flatMap(([resource, commands]) =>
      commands.map((command) => `${actionFor(resource, command)} ${resource}`),
    );
    expect(granted.sort()).toEqual([...new Set([...own, ...traces, ...called])].sort());
  });

  it('name every action: none has a wildcard', () => {
    const statements = FUNCTIONS.flatMap(statementsOf);
    expect(statements.flatMap(({ Action }) => Action).filter((action) => action.includes('*'))).toEqual([]);
    expect(new Set(statements.map(({ Effect }) => Effect))).toEqual(new Set(['Allow']));
  });
});

const CONNECTIONS =
  'arn:${AWS::Partition}:execute-api:${AWS::Region}:${AWS::AccountId}:${WebsocketsApi}/dev/*/@connections/*';

/** A resource as the table of calls names it. */
function shown(resource: unknown): string {
  if (typeof resource === 'string') return resource;
  const { 'Fn::GetAtt': attribute, 'Fn::Sub': text = '' } = resource as Record<string, string[]> & {
    'Fn::Sub'?: string;
  };
  if (text === CONNECTIONS) return 'Connections';
  return attribute === undefined ? text.replace('${Table.Arn}', 'Table') : attribute[0]!;
}

describe('queues', () => {
  it('hide a message for six time-outs of the function that reads it, and its window', () => {
    const sources = ofType('Lambda::EventSourceMapping');
    expect(sources).toHaveLength(6);
    for (const source of sources) {
      const queue = stage.resources[at<{ 'Fn::GetAtt': string[] }>(source, 'EventSourceArn')['Fn::GetAtt'][0]!];
      const reader = stage.resources[at<{ 'Fn::GetAtt': string[] }>(source, 'FunctionName')['Fn::GetAtt'][0]!];
      const windowSeconds = at<number | undefined>(source, 'MaximumBatchingWindowInSeconds') ?? 0;
      const leastSeconds = 6 * at<number>(reader, 'Timeout') + windowSeconds;
      expect(at<number>(queue, 'VisibilityTimeout')).toBeGreaterThanOrEqual(leastSeconds);
      expect(at(source, 'FunctionResponseTypes')).toEqual(['ReportBatchItemFailures']);
    }
  });

  it('are read in batches of ten, where attempts are alone one by one, and changes of one second at once', () => {
    const sizes = Object.entries(stage.resources).flatMap(([name, each]) => {
      const [, queue] = /EventSourceMappingSQS(\w+)Queue$/.exec(name) ?? [];
      const { BatchSize, MaximumBatchingWindowInSeconds, ScalingConfig } = each.Properties as Record<string, unknown>;
      return queue === undefined ? [] : [[queue, [BatchSize, MaximumBatchingWindowInSeconds ?? 0, ScalingConfig]]];
    });
    const most = (MaximumConcurrency: number) => ({ MaximumConcurrency });
    expect(Object.fromEntries(sizes)).toEqual({
      Fresh: [10, 0, most(5)],
      Recovery: [10, 0, most(2)],
      Isolated: [1, 0, most(5)],
      Dead: [10, 0, most(2)],
      Incident: [10, 0, most(2)],
      Events: [1000, 1, most(2)],
    });
  });

  it('are encrypted, and hand on what nobody could take to the queue of incidents', () => {
    const queues = Object.entries(stage.resources).filter(([, { Type }]) => Type === 'AWS::SQS::Queue');
    for (const [name, queue] of queues) {
      const redrive = { deadLetterTargetArn: { 'Fn::GetAtt': ['IncidentQueue', 'Arn'] }, maxReceiveCount: 5 };
      expect(at(queue, 'RedrivePolicy')).toEqual(name === 'IncidentQueue' ? undefined : redrive);
      expect(at(queue, 'SqsManagedSseEnabled')).toBe(true);
      expect(at(queue, 'MessageRetentionPeriod')).toBe(name === 'EventsQueue' ? 3_600 : 14 * 86_400);
    }
  });
});

describe('the table', () => {
  it('has the keys and indexes that the code reads, and those of the emulators', async () => {
    const { AttributeDefinitions, KeySchema, GlobalSecondaryIndexes } = stage.resources['Table']!
      .Properties as Readonly<Record<string, unknown>>;
    const keys = ({ partition, sort }: { readonly partition: string; readonly sort: string }) => [
      { AttributeName: partition, KeyType: 'HASH' },
      { AttributeName: sort, KeyType: 'RANGE' },
    ];
    const projection = { ProjectionType: 'INCLUDE', NonKeyAttributes: [...PROJECTED] };
    expect(KeySchema).toEqual(keys(KEYS));
    expect(GlobalSecondaryIndexes).toEqual([
      { IndexName: ATTENTION.index, KeySchema: keys(ATTENTION), Projection: projection },
      { IndexName: TIMELINE.index, KeySchema: keys(TIMELINE), Projection: { ProjectionType: 'KEYS_ONLY' } },
    ]);
    const dynamo = await startDynamo();
    const { client, name } = await newTable(dynamo, 'trial');
    const { Table } = await client.send(new DescribeTableCommand({ TableName: name }));
    await dynamo.stop();
    expect(Table).toMatchObject({ KeySchema });
    expect(new Set(Table!.AttributeDefinitions)).toEqual(new Set(AttributeDefinitions as object[]));
    const indexes = GlobalSecondaryIndexes as object[];
    expect(Table!.GlobalSecondaryIndexes).toHaveLength(indexes.length);
    for (const each of indexes) expect(Table!.GlobalSecondaryIndexes).toContainEqual(expect.objectContaining(each));
  });

  it('forgets by the attribute of the code, and costs nothing while nobody asks', () => {
    const table = stage.resources['Table'];
    expect(at(table, 'TimeToLiveSpecification')).toEqual({ AttributeName: TTL, Enabled: true });
    expect(at(table, 'BillingMode')).toBe('PAY_PER_REQUEST');
  });
});

describe('a stage', () => {
  it('names no account, region or partition of its own', () => {
    expect(stage.text).not.toMatch(/arn:aws|(?<!\d)\d{12}(?!\d)|\b(?:us|eu|ap|sa|ca)-[a-z]+-\d\b/);
    expect(Object.keys(stage.outputs)).toEqual(expect.arrayContaining(['ApiUrl', 'LiveUrl', 'TableName']));
  });

  test.each([
    ['staging', { end: 'Delete', isProtected: false, days: 14 }],
    ['prod', { end: 'Retain', isProtected: true, days: 30 }],
  ])('%s is packaged, and its table is kept as it deserves', (name, { end, isProtected, days }) => {
    const { resources } = packaged(name);
    expect(resources['Table']).toMatchObject({
      DeletionPolicy: end,
      Properties: {
        DeletionProtectionEnabled: isProtected,
        PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: isProtected },
        SSESpecification: { SSEEnabled: isProtected },
      },
    });
    expect(resources['HttpLogGroup']).toMatchObject({ Properties: { RetentionInDays: days } });
    expect(resources['HttpLambdaFunction']).toMatchObject({ Properties: { TracingConfig: { Mode: 'Active' } } });
  });
});
