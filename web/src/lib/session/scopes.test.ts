import { expect, test } from 'vitest';
import { identityWith } from '#lib/testing/fake-session.ts';
import { whoGives } from './scopes.ts';

test.each([
  ['who may make keys himself', identityWith({ scopes: ['admin'] }), 'You can make a key'],
  ['whoever has a key', identityWith({ scopes: ['tasks:read'] }), 'Whoever has the scope admin can make a key'],
  ['whoever has signed in', identityWith({ kind: 'token' }), 'Whoever manages the groups'],
])('what is missing is given by somebody: told to %s', (_, identity, words) => {
  expect(whoGives(identity)).toContain(words);
});
