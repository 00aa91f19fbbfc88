import { describe, expect, it } from 'vitest';
import { installationKey, installationPrefix, isTenant, taskName, tenantKey, tenantPrefix } from './entry-keys.ts';

describe('a key', () => {
  it('begins with its tenant, or says that it is of the installation [S14]', () => {
    expect(tenantKey('acme', 'stats', 60_000, 'http-request')).toBe('tenant/acme/stats/60000/http-request');
    expect(tenantPrefix('acme', 'stats')).toBe('tenant/acme/stats/');
    expect(installationKey('cursor-secret')).toBe('installation/cursor-secret');
    expect(installationPrefix('a')).toBe('installation/a/');
  });

  it.each(['', '/', 'a/b', 'a/', '../b', 'a_b', 'A', 'a\n', ' a', 'a-', '-a', 'ä', 'a.b', 'a'.repeat(64)])(
    'is not made for %j, which is no tenant',
    (tenant) => {
      expect(isTenant(tenant)).toBe(false);
      expect(() => tenantKey(tenant, 'kind')).toThrow(RangeError);
      expect(() => tenantPrefix(tenant, 'kind')).toThrow(RangeError);
    },
  );

  it.each(['a', '0', 'a-b', 'a'.repeat(63)])('is made for the tenant %s', (tenant) => {
    expect(isTenant(tenant)).toBe(true);
    expect(tenantKey(tenant, 'kind')).toBe(`tenant/${tenant}/kind`);
  });

  it.each(['', 'a/b', '/', 'a b', '\u{10FFFF}'])('has no part that is %j', (part) => {
    expect(() => tenantKey('acme', 'kind', part)).toThrow(RangeError);
    expect(() => tenantPrefix('acme', part)).toThrow(RangeError);
    expect(() => installationKey(part)).toThrow(RangeError);
  });
});

it('names the same task of two tenants differently [S14]', () => {
  expect(taskName({ tenant: 'a', taskId: 'b-c' })).not.toBe(taskName({ tenant: 'a-b', taskId: 'c' }));
});
