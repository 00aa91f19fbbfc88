import { describe, expect, it } from 'vitest';
import { UnusableSettings } from '../settings-reader.ts';
import { readAwsSettings, readLogSettings, TASK_RESOURCES } from './settings.ts';

const GIVEN = {
  TABLE: 'holdfast-dev',
  QUEUE_FRESH: 'https://sqs.test/1/fresh',
  QUEUE_RECOVERY: 'https://sqs.test/1/recovery',
  QUEUE_ISOLATED: 'https://sqs.test/1/isolated',
  QUEUE_DEAD: 'https://sqs.test/1/dead',
  QUEUE_EVENTS: 'https://sqs.test/1/events',
  STAGE: 'dev',
};

function problemsOf(environment: Record<string, string | undefined>): string[] {
  try {
    readAwsSettings(TASK_RESOURCES, environment);
    return [];
  } catch (error) {
    if (error instanceof UnusableSettings) return error.message.split('\n');
    throw error;
  }
}

describe('the settings on AWS', () => {
  it('need their resources alone: who asks must say who he is, and every task its type', () => {
    expect(readAwsSettings(TASK_RESOURCES, GIVEN)).toMatchObject({
      resources: { TABLE: 'holdfast-dev' },
      identity: 'required',
      defaultType: undefined,
      rate: { perSecond: 500 },
      timing: 'standard',
    });
  });

  it('name every resource that is missing at once', () => {
    const names = problemsOf({}).map((sentence) => sentence.split(' ')[0]);
    expect(new Set(names)).toEqual(new Set(Object.keys(GIVEN)));
  });

  it.each([undefined, 'https://dynamodb.eu-central-1.amazonaws.com', 'http://127.0.0.1.nip.io:8000', 'nonsense'])(
    'let nobody be the owner unasked while the table is at %s',
    (endpoint) => {
      const problems = problemsOf({ ...GIVEN, IDENTITY: 'local', AWS_ENDPOINT_URL_DYNAMODB: endpoint });
      expect(problems).toEqual(['IDENTITY must be required on AWS: with local all the world would be its owner.']);
    },
  );

  it('let whoever runs the twin be its owner', () => {
    const twin = { ...GIVEN, IDENTITY: 'local', AWS_ENDPOINT_URL_DYNAMODB: 'http://127.0.0.1:8000' };
    expect(readAwsSettings([], twin)).toMatchObject({ identity: 'local', rate: undefined });
  });

  it('are judged as on one machine where they mean the same', () => {
    const wrong = {
      CORS_ORIGINS: '*',
      EGRESS_ALLOW: '??',
      OIDC_AUDIENCE: 'x',
      DEFAULT_TYPE: 'A',
      SECRET_KEY: '12345678',
    };
    const names = problemsOf({ ...GIVEN, ...wrong }).map((sentence) => sentence.split(' ')[0]);
    expect(names).toEqual(['OIDC_AUDIENCE', 'CORS_ORIGINS', 'DEFAULT_TYPE', 'EGRESS_ALLOW', 'SECRET_KEY_TENANTS']);
  });

  it.each(['prod', 'production'])('let nobody break the stage %s on purpose', (STAGE) => {
    expect(problemsOf({ ...GIVEN, STAGE, FAULTS_ALLOWED: '1' })).toEqual([
      'FAULTS_ALLOWED must not be set in production: nothing is broken on purpose there.',
    ]);
    expect(readAwsSettings([], { ...GIVEN, STAGE }).faultsAllowed).toBe(false);
    expect(readAwsSettings([], { ...GIVEN, FAULTS_ALLOWED: '1' }).faultsAllowed).toBe(true);
  });

  it('of a function that only tells are its stage and how much it tells', () => {
    expect(readLogSettings({ STAGE: 'dev', LOG_LEVEL: 'debug' })).toEqual({ stage: 'dev', logLevel: 'debug' });
    expect(() => readLogSettings({})).toThrow('STAGE must be set');
  });
});
