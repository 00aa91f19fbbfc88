import { describe, expect, it } from 'vitest';
import { readKeysSettings, readSettings, shownSettings } from './config.ts';
import { UnusableSettings } from './settings-reader.ts';
import { constantsOf } from './timing.ts';
import { STANDARD } from './core/rules.ts';

function problemsOf(environment: Record<string, string>): string[] {
  try {
    readSettings(environment);
    return [];
  } catch (error) {
    if (error instanceof UnusableSettings) return error.message.split('\n');
    throw error;
  }
}

describe('settings', () => {
  it('have a safe default each, and empty is absent', () => {
    const settings = readSettings({ PORT: '', HOST: ' ' });
    expect(settings).toMatchObject({ port: 4000, host: 'localhost', defaultType: 'simulate', workers: undefined });
    expect(settings.dataDir).toMatch(/\/data$/);
    expect(constantsOf(settings)).toBe(STANDARD);
  });

  it('are read', () => {
    const environment = { PORT: '0', HOST: '[::1]', DATA_DIR: '/var/holdfast', WORKERS: '3', LOG_LEVEL: 'warn' };
    expect(readSettings(environment)).toMatchObject({
      port: 0,
      host: '::1',
      dataDir: '/var/holdfast',
      workers: 3,
      logLevel: 'warn',
    });
  });

  it('take types of the installation from a folder that exists', () => {
    expect(readSettings({ TASKS_DIR: import.meta.dirname }).tasksDir).toBe(import.meta.dirname);
    expect(readSettings({}).tasksDir).toBeUndefined();
    for (const absent of ['/absent/types', import.meta.filename]) {
      expect(problemsOf({ TASKS_DIR: absent })).toEqual([`TASKS_DIR must be a folder that exists; ${absent} is none.`]);
    }
  });

  it('name the origins whose pages may ask, one by one', () => {
    expect(readSettings({}).corsOrigins).toEqual([]);
    const origins = ['https://app.example.com', 'http://localhost:3000', 'https://[::1]:8443'];
    expect(readSettings({ CORS_ORIGINS: ` ${origins.join(' , ')},` }).corsOrigins).toEqual(origins);
    expect(problemsOf({ CORS_ORIGINS: '*' })).toEqual([expect.stringContaining('every web site')]);
  });

  it.each([
    'app.example.com',
    'https://app.example.com/',
    'https://app.example.com/page',
    'https://App.example.com',
    'https://app.example.com:443',
    'https://ann@app.example.com',
    'https://*.example.com',
    'ftp://example.com',
    'null',
  ])('refuse the origin %s, which no browser would send', (origin) => {
    expect(problemsOf({ CORS_ORIGINS: `https://fine.example.com,${origin}` })).toEqual([
      expect.stringContaining('CORS_ORIGINS'),
    ]);
  });

  it('name what http-request may ask, and the secrets that tasks may name, never their values', () => {
    const environment = {
      EGRESS_ALLOW: 'localhost:4100, 10.0.0.0/8',
      SECRET_HOOK: 'the-very-secret',
      SECRET_API_2: 'x',
    };
    const shown = shownSettings(readSettings(environment));
    expect(shown).toMatchObject({ EGRESS_ALLOW: 'localhost:4100, 10.0.0.0/8', 'SECRET_…': 'API_2,HOOK' });
    expect(JSON.stringify(shown)).not.toContain('very');
    expect(problemsOf({ EGRESS_ALLOW: 'fine.example,http://inner,10/8' })).toHaveLength(2);
    const hosts = { SECRET_A: 'the-very-secret', SECRET_A_HOSTS: 'a.example,http://b', SECRET_B_HOSTS: 'b.example' };
    expect(problemsOf(hosts)).toEqual([
      expect.stringMatching(/^SECRET_A_HOSTS must list hosts/),
      'SECRET_B_HOSTS is of no use: SECRET_B is not set.',
    ]);
    expect(problemsOf({ SECRET_A: 'the-very-secret', SECRET_A_HOSTS: ' ' })).toEqual([
      'SECRET_A_HOSTS names no host: leave it out, and the secret is for all of them.',
    ]);
  });

  it('say of every secret whose it is where identity is required, and may leave that to the owner elsewhere', () => {
    const secrets = { SECRET_A: 'the-very-secret', SECRET_B: 'another-secret', SECRET_C: 'the-third-one' };
    expect(problemsOf(secrets)).toEqual([]);
    const lists = { SECRET_A_TENANTS: 'acme, b-2', SECRET_B_TENANTS: '*', SECRET_C_TENANTS: ' ,' };
    const mustBeSet = 'the tenants whose tasks may use SECRET_C, separated by commas, or * for all of them';
    expect(problemsOf({ ...secrets, ...lists, IDENTITY: 'required', PORT: 'x' })).toEqual([
      expect.stringContaining('PORT'),
      `SECRET_C_TENANTS must be set where IDENTITY is required: ${mustBeSet}.`,
    ]);
    expect(problemsOf({ ...secrets, ...lists })).toEqual([
      'SECRET_C_TENANTS names no tenant: leave it out, and the secret is for the tenant local alone.',
    ]);
    const required = { ...secrets, HOST: '0.0.0.0' };
    expect(problemsOf(required).map((each) => each.split(' ')[0])).toEqual(
      ['A', 'B', 'C'].map((name) => `SECRET_${name}_TENANTS`),
    );
  });

  it.each(['Acme', 'a_b', 'a b', 'acme,*', '*,*', 'acme;b', '-a'])('do not take %j for tenants of a secret', (list) => {
    expect(problemsOf({ SECRET_A: 'the-very-secret', SECRET_A_TENANTS: list }).join()).toMatch(
      /^SECRET_A_TENANTS must/,
    );
  });

  it('name a list whose secret is not there, also when another list has its name', () => {
    const lists = { SECRET_A_TENANTS: 'acme', SECRET_B_HOSTS: 'b.example', SECRET_B_HOSTS_TENANTS: 'acme' };
    expect(problemsOf(lists)).toEqual([
      'SECRET_A_TENANTS is of no use: SECRET_A is not set.',
      'SECRET_B_HOSTS is of no use: SECRET_B is not set.',
      'SECRET_B_HOSTS_TENANTS is of no use: SECRET_B_HOSTS is not set.',
    ]);
  });

  it('give a tenant a rate when they are told to, and a burst that holds a batch', () => {
    expect(readSettings({}).rate).toBeUndefined();
    const rateOf = (perSecond: string, burst = '') =>
      readSettings({ RATE_LIMIT_PER_SECOND: perSecond, RATE_LIMIT_BURST: burst }).rate;
    expect(rateOf('500')).toEqual({ perSecond: 500, burst: 1_000 });
    expect(rateOf('1')).toEqual({ perSecond: 1, burst: 100 });
    expect(rateOf('200', '150')).toEqual({ perSecond: 200, burst: 150 });
    expect(rateOf('0', '150')).toBeUndefined();
    expect(problemsOf({ RATE_LIMIT_BURST: '99' })).toEqual([expect.stringContaining('from 100')]);
    const required = readSettings({ IDENTITY: 'required' });
    expect(required.rate).toEqual({ perSecond: 500, burst: 1_000 });
    expect(readSettings({ IDENTITY: 'required', RATE_LIMIT_PER_SECOND: '0' }).rate).toBeUndefined();
  });

  it('name no default type when it is set to nothing', () => {
    expect(readSettings({ DEFAULT_TYPE: '' }).defaultType).toBeUndefined();
  });

  it('that are wrong are all named at once', () => {
    const environment = {
      PORT: '80a',
      HOST: 'http://here',
      ALLOWED_HOSTS: 'https://tasks.example.com',
      TRUSTED_PROXIES: '10/8',
      IDENTITY: 'none',
      WORKERS: '0',
      SWEEP_SECONDS: '1e1',
      STOP_SECONDS: '-1',
      LOG_LEVEL: 'loud',
      DEFAULT_TYPE: 'No',
      CORS_ORIGINS: 'example.com',
      EGRESS_ALLOW: '*',
      RATE_LIMIT_PER_SECOND: '-1',
      RATE_LIMIT_BURST: '1',
    };
    const named = problemsOf(environment).map((sentence) => sentence.split(' ')[0]);
    expect(named.toSorted()).toEqual(Object.keys(environment).toSorted());
  });

  it('with short timing find within seconds what a fault leaves waiting', () => {
    const settings = readSettings({ TIMING: 'short' });
    expect(settings.sweepSeconds).toBe(1);
    const { leaseGraceMs, ringGraceMs, abortBeforeMs } = constantsOf(settings);
    expect(leaseGraceMs + ringGraceMs).toBeLessThan(5_000);
    expect(abortBeforeMs).toBeLessThan(leaseGraceMs);
  });

  it('let nobody break anything on purpose unasked, and in production at no word', () => {
    expect(readSettings({ NODE_ENV: 'production' }).faultsAllowed).toBe(false);
    const allowed = readSettings({ FAULTS_ALLOWED: '1', NODE_ENV: 'development' });
    expect(allowed.faultsAllowed).toBe(true);
    expect(shownSettings(allowed)).toMatchObject({ FAULTS_ALLOWED: 1 });
    expect(problemsOf({ FAULTS_ALLOWED: 'true' })).toEqual(['FAULTS_ALLOWED must be 1, or not be set at all.']);
    expect(problemsOf({ FAULTS_ALLOWED: '1', NODE_ENV: 'production' })).toEqual([
      'FAULTS_ALLOWED must not be set with NODE_ENV=production: nothing is broken on purpose there.',
    ]);
  });

  it('are shown with the names they are set by', () => {
    const environment = { PORT: '4001', DATA_DIR: '/var/holdfast', STOP_SECONDS: '3' };
    expect(shownSettings(readSettings(environment))).toMatchObject({
      PORT: 4001,
      DATA_DIR: '/var/holdfast',
      STOP_SECONDS: 3,
    });
  });
});

it.each([
  'localhost:4000',
  'ftp://localhost',
  'http://',
  'http://ann:s3cret@localhost:4000',
  'http://s3cret@localhost',
])('npm run keys takes no HOLDFAST_URL such as %s, and repeats none of it', (url) => {
  const sentence = 'HOLDFAST_URL must be the URL of a Holdfast, without user and password.';
  expect(() => readKeysSettings({ HOLDFAST_URL: url })).toThrow(new UnusableSettings(sentence));
});
