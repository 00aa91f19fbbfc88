import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Principal } from '../principal.ts';
import { SCOPES } from '../principal.ts';
import type { ClaimRules } from './token-claims.ts';
import { principalOf } from './token-claims.ts';
import { VerifiedTokens } from './verified-tokens.ts';

const RULES: ClaimRules = { tenant: { claim: 'tenant' }, scopesClaim: 'scope', scopesMap: undefined };
const GOOD = { sub: 'ann', exp: 2_000_000_000, tenant: 'acme' };

const read = (claims: object, rules: Partial<ClaimRules> = {}): Principal | undefined =>
  principalOf({ ...GOOD, ...claims }, { ...RULES, ...rules });
const scopesOf = (claims: object, rules: Partial<ClaimRules> = {}): string[] => [...read(claims, rules)!.scopes];

describe('claims', () => {
  it.each([
    ['text', 'tasks:read  openid tasks:submit', ['tasks:submit', 'tasks:read']],
    ['a list', ['admin', 'admin', 'profile', 7, null], ['admin']],
    ['none that is known', 'openid email', []],
    ['an object', { 'tasks:read': true }, []],
    ['nothing', undefined, []],
  ])('name scopes as %s', (_, scope, scopes) => {
    expect(scopesOf({ scope })).toEqual(scopes);
  });

  it('name groups that stand for scopes; what is not mapped then grants nothing', () => {
    const scopesMap = new Map([
      ['ops team', ['tasks:read', 'tasks:operate'] as const],
      ['readers', ['tasks:read'] as const],
    ]);
    const rules = { scopesClaim: 'groups', scopesMap };
    expect(scopesOf({ groups: ['ops team', 'readers', 'admin'], scope: 'admin' }, rules)).toEqual([
      'tasks:read',
      'tasks:operate',
    ]);
    expect(scopesOf({ groups: 'readers admin' }, rules)).toEqual(['tasks:read']);
  });

  it('name the tenant, unless all tokens are of one', () => {
    expect(
      read({ 'https://acme.example/org': 'zeta' }, { tenant: { claim: 'https://acme.example/org' } }),
    ).toMatchObject({
      tenant: 'zeta',
    });
    expect(read({ tenant: 'zeta' }, { tenant: { fixed: 'acme' } })!.tenant).toBe('acme');
    for (const claim of ['constructor', 'toString', '__proto__'])
      expect(read({}, { tenant: { claim } })).toBeUndefined();
  });

  it.each(['', 'Acme', 'a_b', '-a', 'a-', 'a/b', 'a'.repeat(64), 7, null, ['acme'], undefined])(
    'with the tenant %j stand for nobody',
    (tenant) => {
      expect(read({ tenant })).toBeUndefined();
    },
  );

  it.each([undefined, '', 7, 'a'.repeat(256), 'ann\n', 'a\u0000b', 'ann\u202e', 'jörg'])(
    'with the subject %j stand for nobody',
    (sub) => {
      expect(read({ sub })).toBeUndefined();
    },
  );

  it('may name any printable subject, and the history shows it as it is', () => {
    for (const sub of ['auth0|5f7', 'CN=Ann Ex, O=Acme', 'key:k7x2m9qp4dtw', 'a'.repeat(255)]) {
      expect(read({ sub })!.subject).toBe(`user:${sub}`);
    }
  });

  it.each([
    [{ name: 'Ann', email: 'ann@example.com' }, 'Ann'],
    [{ name: ' ', email: 'ann@example.com' }, 'ann@example.com'],
    [{ name: 7 }, null],
    [{}, null],
    [{ name: 'A\u202enn\u0000\nB' }, 'A nn  B'],
    [{ name: '🦊'.repeat(300) }, '🦊'.repeat(200)],
  ])('%j are shown as %j', (claims, name) => {
    expect(read(claims)!.name).toBe(name);
  });

  it('of any kind make a principal that the contract can show, or none', () => {
    const property = fc.property(
      fc.dictionary(fc.string(), fc.jsonValue()),
      fc.double({ min: 0, noNaN: true }),
      (more, exp) => {
        const principal = read({ ...more, exp });
        if (principal === undefined) return;
        expect(principal.subject).toMatch(/^user:[ -~]{1,255}$/);
        expect([...principal.scopes].every((scope) => SCOPES.includes(scope))).toBe(true);
        expect(new Date(principal.expiresAtMs!).toISOString()).toMatch(/^\d{4}-/);
      },
    );
    fc.assert(property);
  });
});

it('of tokens that were good no more are kept than there is room for, the newest', () => {
  const clock = { nowMs: () => 0, monotonicMs: () => 0 };
  const tokens = new VerifiedTokens(clock, 2);
  const principal = read({})!;
  for (const digest of ['a', 'b', 'a', 'c']) tokens.add(digest, principal, 1);
  expect(['a', 'b', 'c'].map((digest) => tokens.has(digest))).toEqual([true, false, true]);
});
