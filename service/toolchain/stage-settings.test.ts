import { expect, it } from 'vitest';
import { UnusableSettings } from '../settings-reader.ts';
import { refuseUnusable } from './stage-settings.ts';

it('refuses to package what would answer 500, and names all of it', () => {
  const environment = { RATE_LIMIT_PER_SECOND: 'many', CORS_ORIGINS: '*', SECRET_HOOK: 'a-long-secret', TIMING: 'odd' };
  const names = [/RATE_LIMIT_PER_SECOND must/, /CORS_ORIGINS must/, /SECRET_HOOK_TENANTS/, /TIMING must/];
  for (const name of names) expect(() => refuseUnusable(environment, 'dev')).toThrow(name);
  expect(() => refuseUnusable(environment, 'dev')).toThrow(UnusableSettings);
});

it('takes what the functions read, and whatever else the environment of a person holds', () => {
  const identity = { OIDC_ISSUER: 'https://id.example.com', OIDC_AUDIENCE: 'holdfast', IDENTITY: 'local' };
  refuseUnusable({ ...identity, PORT: 'not read', SECRET_HOOK: 'a-long-secret', SECRET_HOOK_TENANTS: '*' }, 'dev');
});

it('lets nobody break a stage on purpose that is in production', () => {
  refuseUnusable({ FAULTS_ALLOWED: '1' }, 'dev');
  expect(() => refuseUnusable({ FAULTS_ALLOWED: '1' }, 'prod')).toThrow('FAULTS_ALLOWED must not be set in production');
});
