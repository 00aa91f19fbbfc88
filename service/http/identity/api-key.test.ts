import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Seeded } from '../../testing/seeded.ts';
import type { ApiKey } from './api-key.ts';
import { claimIn, endOf, hashOf, isSecretValid, newKeyId, newSecret, stateOf, textOf, verdictOn } from './api-key.ts';

const NOW_MS = 1_000_000;
const random = new Seeded(7).random();
const secret = newSecret(random);
const other = newSecret(random);

const KEY: ApiKey = {
  tenant: 'acme',
  keyId: newKeyId(random),
  name: 'first',
  scopes: ['tasks:read'],
  secretHash: hashOf(secret),
  createdAtMs: 0,
  createdBy: 'local',
};
const GRACE = { previous: { secretHash: hashOf(other), endsAtMs: NOW_MS + 1 } };

const tenants = fc.stringMatching(/^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/);
const keyIds = fc.stringMatching(/^[a-z0-9]{12}$/);
const secrets = fc.stringMatching(/^[A-Za-z0-9_-]{40,64}$/);

describe('the text of a key', () => {
  it('is read back as what it was made of, whatever is in its secret', () => {
    const property = fc.property(tenants, keyIds, secrets, (tenant, keyId, text) => {
      expect(claimIn(textOf({ tenant, keyId }, text))).toEqual({ tenant, keyId, secret: text });
    });
    fc.assert(property);
  });

  it.each([
    '',
    'holdfast_',
    `holdfast_acme_${KEY.keyId}_short`,
    `holdfast_Acme_${KEY.keyId}_${secret}`,
    `holdfast_-acme_${KEY.keyId}_${secret}`,
    `holdfast_${'a'.repeat(64)}_${KEY.keyId}_${secret}`,
    `holdfast_acme_${KEY.keyId}x_${secret}`,
    `holdfast_acme_${KEY.keyId}_${secret} `,
    `holdfast_acme_${KEY.keyId}_${secret}\n`,
    `holdfast_a/../b_${KEY.keyId}_${secret}`,
    `Holdfast_acme_${KEY.keyId}_${secret}`,
    `holdfast_acme_${KEY.keyId}_${'a'.repeat(65)}`,
  ])('cannot be %j', (text) => {
    expect(claimIn(text)).toBeUndefined();
  });

  it('changed in one character opens nothing', () => {
    const text = textOf(KEY, secret);
    const at = fc.nat({ max: text.length - 1 });
    const property = fc.property(at, fc.string({ minLength: 0, maxLength: 2 }), (i, put) => {
      const changed = text.slice(0, i) + put + text.slice(i + 1);
      fc.pre(changed !== text);
      const claim = claimIn(changed);
      const isFound = claim?.tenant === KEY.tenant && claim.keyId === KEY.keyId;
      if (claim) expect(verdictOn(isFound ? KEY : undefined, claim.secret, NOW_MS)).toHaveProperty('refused');
    });
    fc.assert(property, { numRuns: 1_000 });
  });

  it('has a secret of more than 240 random bits, and an id of its own', () => {
    expect(newSecret(random).length * 6).toBeGreaterThanOrEqual(240);
    expect(new Set(Array.from({ length: 1_000 }, () => newKeyId(random))).size).toBe(1_000);
    expect(newKeyId(random)).toMatch(/^[a-z0-9]{12}$/);
  });
});

describe('a secret', () => {
  const table: readonly [string, ApiKey | undefined, string, object][] = [
    ['the right one', KEY, secret, { key: KEY, untilMs: undefined }],
    ['another', KEY, other, { refused: 'wrong-secret' }],
    ['none', KEY, '', { refused: 'wrong-secret' }],
    ['any, of a key that is not there', undefined, secret, { refused: 'unknown-key' }],
    ['none, of a key that is not there', undefined, '', { refused: 'unknown-key' }],
    ['of a revoked key', { ...KEY, revokedAtMs: 1 }, secret, { refused: 'revoked' }],
    ['of a key whose time is over', { ...KEY, expiresAtMs: NOW_MS }, secret, { refused: 'expired' }],
    ['of a key whose time is not over', { ...KEY, expiresAtMs: NOW_MS + 1 }, secret, { untilMs: NOW_MS + 1 }],
    ['the one before, in its grace', { ...KEY, ...GRACE }, other, { untilMs: NOW_MS + 1 }],
    ['the new one, meanwhile', { ...KEY, ...GRACE }, secret, { untilMs: undefined }],
    ['the one before of a revoked key', { ...KEY, ...GRACE, revokedAtMs: 1 }, other, { refused: 'revoked' }],
  ];
  const rows = table.map(([title, key, sent, verdict]) => ({ title, key, sent, verdict }));

  it.each(rows)('$title', ({ key, sent, verdict }) => {
    expect(verdictOn(key, sent, NOW_MS)).toMatchObject(verdict);
  });

  it('that was replaced ends with its grace, and with its key', () => {
    const rotated = { ...KEY, ...GRACE };
    expect(verdictOn(rotated, other, NOW_MS + 1)).toEqual({ refused: 'rotated' });
    const short = { ...rotated, previous: { ...GRACE.previous, endsAtMs: NOW_MS + 9 }, expiresAtMs: NOW_MS + 5 };
    expect(verdictOn(short, other, NOW_MS)).toMatchObject({ untilMs: NOW_MS + 5 });
    const validAt = (nowMs: number) =>
      [hashOf(secret), hashOf(other)].map((each) => isSecretValid(rotated, each, nowMs));
    expect([validAt(NOW_MS), validAt(NOW_MS + 1)]).toEqual([
      [true, true],
      [true, false],
    ]);
    expect(isSecretValid({ ...KEY, revokedAtMs: 1 }, hashOf(secret), NOW_MS)).toBe(false);
  });
});

it('a key is revoked before it is expired, and ended when the first of both happened', () => {
  const both = { ...KEY, revokedAtMs: 5, expiresAtMs: 3 };
  expect([stateOf(KEY, 9), stateOf({ ...KEY, expiresAtMs: 3 }, 9), stateOf(both, 9)]).toEqual([
    'usable',
    'expired',
    'revoked',
  ]);
  expect([endOf(KEY), endOf(both)]).toEqual([undefined, 3]);
});
