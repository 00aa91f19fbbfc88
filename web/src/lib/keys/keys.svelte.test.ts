import type { ApiKey, CreateKeyRequest, NewApiKey, Problem } from '@holdfast/api/types';
import { ProblemError } from '@holdfast/sdk';
import { expect, test } from 'vitest';
import { render } from 'vitest-browser-svelte';
import { userEvent } from 'vitest/browser';
import { givenSession, identityWith, OTHER_TOKEN, TOKEN } from '#lib/testing/fake-session.ts';
import { KeyRing } from './key-ring.svelte.ts';
import KeysPage from './KeysPage.svelte';

const AT = '2026-11-21T10:00:00.000Z';
const OWN_ID = 'k7x2m9qp4dtw';
const keyWith = (fields: Partial<ApiKey> = {}): ApiKey => ({
  keyId: 'p3r8s5vw2xyz',
  name: 'checkout service',
  prefix: 'holdfast_acme_p3r8s5vw2xyz',
  scopes: ['tasks:submit'],
  state: 'usable',
  createdAt: AT,
  createdBy: `key:${OWN_ID}`,
  expiresAt: null,
  rotatedAt: null,
  previousEndsAt: null,
  revokedAt: null,
  lastUsedAt: AT,
  ...fields,
});
const OWN = keyWith({ keyId: OWN_ID, name: 'ann', prefix: 'holdfast_acme_k7x2m9qp4dtw', scopes: ['admin'] });

const refusal = (code: Problem['code'], errors: Problem['errors'] = []): ProblemError =>
  new ProblemError(
    { code, status: 409, title: code, detail: code, retryable: false, errors },
    { requestId: null, retryAfterSeconds: null },
  );

/** A tenant with these keys, as whoever uses OWN sees them. `refused` is what the next change is answered with. */
async function stage(keys: readonly ApiKey[], refused?: ProblemError) {
  const asked: unknown[] = [];
  const answer = <T>(what: unknown, given: T): Promise<T> => {
    asked.push(what);
    return refused ? Promise.reject(refused) : Promise.resolve(given);
  };
  const fresh = (fields: Partial<ApiKey>): NewApiKey => ({ ...keyWith(fields), key: OTHER_TOKEN });
  const client = {
    keys: () => Promise.resolve(keys),
    createKey: (request: CreateKeyRequest) => answer(request, fresh({ name: request.name })),
    rotateKey: (keyId: string, options: object) => answer([keyId, options], fresh({ keyId, rotatedAt: AT })),
    revokeKey: (keyId: string) => answer(keyId, keyWith({ keyId, state: 'revoked' })),
  };
  const { session, store } = givenSession(TOKEN);
  session.identity = identityWith();
  const ring = new KeyRing(client, session);
  const screen = await render(KeysPage, { ring });
  return {
    ring,
    screen,
    asked,
    session,
    store,
    press: (name: string | RegExp) => screen.getByRole('button', { name }).click(),
  };
}

test('a key is made with the scopes that were chosen, and shown until it is said to be stored', async () => {
  const { screen, asked, press, ring } = await stage([]);
  await expect.element(screen.getByText(/No key yet/)).toBeVisible();
  await press('New key …');
  await screen.getByLabelText(/^Name/).fill(' importer ');
  await screen.getByRole('checkbox', { name: /^tasks:read/ }).click();
  await screen.getByLabelText(/It lives/).selectOptions('until it is revoked');
  await press('Make the key');
  await expect.element(screen.getByText(OTHER_TOKEN)).toBeVisible();
  expect(asked).toEqual([{ name: 'importer', scopes: ['tasks:submit'] }]);
  await userEvent.keyboard('{Escape}{Escape}{Escape}');
  await expect.element(screen.getByText(/Is it stored\?/)).toBeVisible();
  await press('I have stored it');
  await expect.poll(() => document.documentElement.outerHTML.includes(OTHER_TOKEN)).toBe(false);
  expect(ring.fresh).toBe(null);
});

test('a key without a name or a scope is told at its field, before it is sent', async () => {
  const { screen, asked, press } = await stage([]);
  await press('New key …');
  for (const scope of ['tasks:submit', 'tasks:read'])
    await screen.getByRole('checkbox', { name: new RegExp(`^${scope}`) }).click();
  await press('Make the key');
  await expect.element(screen.getByText(/Give it a name/)).toBeVisible();
  await expect.element(screen.getByText(/Choose at least one/)).toBeVisible();
  await expect.element(screen.getByLabelText(/^Name/)).toHaveFocus();
  expect(asked).toEqual([]);
});

test('what the server refuses stands at its field', async () => {
  const wrong = refusal('validation', [{ pointer: '/name', message: 'must have no control characters' }]);
  const { screen, press } = await stage([], wrong);
  await press('New key …');
  await screen.getByLabelText(/^Name/).fill('x');
  await press('Make the key');
  await expect.element(screen.getByText(/must have no control characters/)).toBeVisible();
  await expect.element(screen.getByLabelText(/^Name/)).toHaveAccessibleDescription('must have no control characters');
  await expect.element(screen.getByRole('alert')).not.toBeInTheDocument();
});

test('too many keys is explained', async () => {
  const { screen, press } = await stage([], refusal('too-many-keys'));
  await press('New key …');
  await screen.getByLabelText(/^Name/).fill('x');
  await press('Make the key');
  await expect.element(screen.getByText(/as many keys as it may/)).toBeVisible();
});

test('a key that ended meanwhile is explained when it is rotated', async () => {
  const { screen, press } = await stage([keyWith()], refusal('key-ended'));
  await press('Rotate checkout service');
  await press('Rotate the key');
  await expect.element(screen.getByText(/revoked or has expired meanwhile/)).toBeVisible();
});

test('whoever rotates the key that he uses goes on with the new one', async () => {
  const { screen, asked, press, store } = await stage([OWN]);
  await expect.element(screen.getByText(/you are using this one/)).toBeVisible();
  await press('Rotate ann');
  await screen.getByLabelText(/not at all/).click();
  await press('Rotate the key');
  await expect.element(screen.getByText(/This page goes on with the new key/)).toBeVisible();
  expect(asked).toEqual([[OWN_ID, { graceSeconds: 0 }]]);
  expect([...store.kept.values()]).toEqual([OTHER_TOKEN]);
});

test('a key is revoked after it was named with its last use; the own one after a stronger word', async () => {
  const { screen, asked, press } = await stage([OWN, keyWith()]);
  await press('Revoke checkout service');
  await expect.element(screen.getByText(/It was last used/)).toBeVisible();
  expect(screen.getByText(/You lock yourself out/).query()).toBe(null);
  await press('Revoke the key');
  await press('Revoke ann');
  await expect.element(screen.getByText(/You lock yourself out/)).toBeVisible();
  await press('Revoke my own key');
  await expect.poll(() => asked).toEqual(['p3r8s5vw2xyz', OWN_ID]);
});

test('a hostile name is a text', async () => {
  const name = '<img src=x onerror="window.wasRun = true">\u202eevil';
  const { screen, press } = await stage([keyWith({ name, createdBy: name })]);
  await expect.element(screen.getByText(/⟨U\+202E⟩evil/).first()).toBeVisible();
  await press(/^Revoke/);
  expect(document.querySelectorAll('img')).toHaveLength(0);
  expect('wasRun' in window).toBe(false);
});

test('keys that ended stand apart, with nothing to be done to them', async () => {
  const { screen } = await stage([keyWith({ state: 'revoked', revokedAt: AT })]);
  await expect.element(screen.getByText(/No key works any more\./)).toBeVisible();
  await screen.getByText(/1 ended key, kept for 30 days/).click();
  await expect.element(screen.getByText(/checkout service/)).toBeVisible();
  expect(screen.getByRole('button', { name: /Revoke|Rotate/ }).elements()).toEqual([]);
});
