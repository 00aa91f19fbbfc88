import { describe, expect, it } from 'vitest';
import { readSettings, shownSettings } from './config.ts';
import { UnusableSettings } from './settings-reader.ts';

const OIDC = { OIDC_ISSUER: 'https://id.example.com/realms/main', OIDC_AUDIENCE: 'holdfast' };

function problemsOf(environment: Record<string, string>): string[] {
  try {
    readSettings(environment);
    return [];
  } catch (error) {
    if (error instanceof UnusableSettings) return error.message.split('\n');
    throw error;
  }
}

describe('the settings OIDC_*', () => {
  it('believe nobody unless an issuer is named, and then take tenant and scopes from the usual claims', () => {
    expect(readSettings({}).oidc).toBeUndefined();
    expect(readSettings(OIDC).oidc).toEqual({
      issuer: 'https://id.example.com/realms/main',
      audience: 'holdfast',
      jwksUrl: undefined,
      tenant: { claim: 'tenant' },
      scopesClaim: 'scope',
      scopesMap: undefined,
    });
  });

  it('are refused when one of them is misspelt, which would leave a rule out in silence', () => {
    expect(problemsOf({ ...OIDC, OIDC_SCOPE_MAP: 'ops=admin' })).toEqual([
      expect.stringMatching(/^OIDC_SCOPE_MAP is no setting: .*OIDC_SCOPES_MAP/),
    ]);
  });

  it('map what an issuer calls groups to scopes, and are shown as they are read', () => {
    const map = 'ops team=tasks:operate tasks:read; cn=admins,dc=acme=admin ;';
    const environment = { ...OIDC, OIDC_TENANT: 'acme', OIDC_SCOPES_CLAIM: 'groups', OIDC_SCOPES_MAP: map };
    const settings = readSettings(environment);
    expect(settings.oidc).toMatchObject({ tenant: { fixed: 'acme' }, scopesClaim: 'groups' });
    expect([...settings.oidc!.scopesMap!]).toEqual([
      ['ops team', ['tasks:read', 'tasks:operate']],
      ['cn=admins,dc=acme', ['admin']],
    ]);
    expect(shownSettings(settings)).toMatchObject({
      ...OIDC,
      OIDC_TENANT: 'acme',
      OIDC_SCOPES_MAP: 'ops team=tasks:read tasks:operate;cn=admins,dc=acme=admin',
    });
  });

  it.each([
    'http://id.example.com',
    'https://ann:hunter2@id.example.com',
    'https://id.example.com/?tenant=1',
    'https://id.example.com/#a',
    'id.example.com',
    'http://127.0.0.1.example.com',
    'file:///etc/passwd',
  ])('refuse the issuer %s without repeating it', (issuer) => {
    const problems = problemsOf({ ...OIDC, OIDC_ISSUER: issuer });
    expect(problems).toEqual([expect.stringMatching(/^OIDC_ISSUER must be an https URL/)]);
    expect(problems.join()).not.toContain(issuer);
  });

  it('take an issuer on loopback without TLS', () => {
    for (const issuer of ['http://localhost:8080/realms/a', 'http://127.0.0.1:9000', 'http://[::1]:9000']) {
      expect(readSettings({ ...OIDC, OIDC_ISSUER: issuer }).oidc!.issuer).toBe(issuer);
    }
  });

  it('are all judged at once', () => {
    const environment = {
      OIDC_ISSUER: 'http://id.example.com',
      OIDC_JWKS_URL: 'ftp://id.example.com',
      OIDC_TENANT: 'Acme_Inc',
      OIDC_TENANT_CLAIM: 'org',
      OIDC_SCOPES_MAP: 'a=tasks:read;a=admin;b=tasks:write;=admin;c=;d',
      PORT: 'x',
    };
    const words = ['PORT', 'OIDC_ISSUER', 'OIDC_JWKS_URL', 'OIDC_AUDIENCE', 'OIDC_TENANT and', 'OIDC_TENANT must'];
    const problems = problemsOf(environment);
    expect(problems.slice(0, 6)).toEqual(words.map((word) => expect.stringContaining(word) as string));
    expect(problems.slice(6).map((problem) => / ([^ ]*) is (?:none|the second)\.$/.exec(problem)![1])).toEqual([
      'a=admin',
      'b=tasks:write',
      '=admin',
      'c=',
      'd',
    ]);
  });

  it('are of no use without an issuer, and say so', () => {
    expect(problemsOf({ OIDC_AUDIENCE: 'holdfast', OIDC_TENANT: 'acme' })).toEqual([
      'OIDC_AUDIENCE is of no use: OIDC_ISSUER is not set.',
      'OIDC_TENANT is of no use: OIDC_ISSUER is not set.',
    ]);
  });
});
