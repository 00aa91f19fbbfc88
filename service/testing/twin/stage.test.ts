import { expect, test } from 'vitest';
import { STAND_INS } from './given-twin.ts';
import { ACCOUNT, Resources } from './resources.ts';
import { readStage } from './stage.ts';

const options = { file: STAND_INS, region: 'eu-central-1', account: ACCOUNT, environment: {} };
const stageOf = (stage: string) => readStage({ ...options, stage });
const resourcesOf = (stage: string) =>
  new Resources(stageOf(stage), { sqs: 'http://127.0.0.1:1', host: '127.0.0.1:2' });

test('a parameter is that of the stage, else that of all', () => {
  const batches = ['dev', 'prod'].map((stage) => stageOf(stage).sources[0]);
  expect(batches).toMatchObject([{ batchSize: 10 }, { batchSize: 5 }]);
  expect(stageOf('dev').functions.get('http')).toMatchObject({ timeoutMs: 2_000, handler: 'handler' });
});

test('a variable of the environment is that, else what stands beside it', () => {
  const greetingOf = (environment: Record<string, string>) =>
    readStage({ ...options, stage: 'dev', environment }).functions.get('http')!.environment['GREETING'];
  expect([greetingOf({}), greetingOf({ GREETING: 'hi' })]).toEqual(['hello', 'hi']);
});

test('every kind of event invokes its function', () => {
  const { http, routes, sources, schedules } = stageOf('dev');
  expect(http).toBe('http');
  expect(Object.fromEntries(routes)).toEqual({
    $connect: { functionName: 'connect', hasResponse: false },
    $disconnect: { functionName: 'disconnect', hasResponse: false },
    $default: { functionName: 'message', hasResponse: true },
  });
  expect(schedules).toEqual([{ functionName: 'tick', everyMs: 60_000 }]);
  expect(sources.map(({ functionName, windowMs }) => [functionName, windowMs])).toEqual([
    ['work', 0],
    ['gather', 1_000],
    ['incident', 0],
  ]);
});

test('what CloudFormation replaces is that of the twin', () => {
  const resources = resourcesOf('dev');
  const sub = 'wss://${WebsocketsApi}.execute-api.${AWS::Region}.${AWS::URLSuffix}/dev';
  expect(resources.resolve({ Ref: 'Queue' })).toBe('http://127.0.0.1:1/000000000000/dev-Queue');
  expect(resources.resolve({ Ref: 'Table' })).toBe('things-dev');
  expect(resources.resolve({ 'Fn::GetAtt': ['Queue', 'Arn'] })).toBe('arn:aws:sqs:eu-central-1:000000000000:dev-Queue');
  expect(resources.resolve({ 'Fn::Sub': sub })).toBe('ws://127.0.0.1:2/dev');
  expect(resources.resolve({ 'Fn::Join': ['-', ['a', { Ref: 'AWS::AccountId' }]] })).toBe('a-000000000000');
  expect(resources.resolve({ 'Fn::GetAtt': ['HttpApi', 'ApiEndpoint'] })).toBe('http://127.0.0.1:2');
});

test('what the twin does not know is a fault, and no empty text', () => {
  const resources = resourcesOf('dev');
  for (const unknown of [{ Ref: 'Nobody' }, { 'Fn::GetAtt': ['Table', 'StreamArn'] }, { 'Fn::If': ['a', 1, 2] }])
    expect(() => resources.resolve(unknown)).toThrow('The twin cannot tell');
});
