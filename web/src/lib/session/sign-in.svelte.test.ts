import { expect, test } from 'vitest';
import { render } from 'vitest-browser-svelte';
import { userEvent } from 'vitest/browser';
import { givenSession, identityWith, OTHER_TOKEN, TOKEN } from '#lib/testing/fake-session.ts';
import SignIn from './SignIn.svelte';

/** Somebody has to sign in, and is asked to. */
async function stage() {
  const given = givenSession();
  given.server.valid.set(TOKEN, identityWith());
  const answer = given.ask();
  await expect.poll(() => given.session.asks).toBe('needed');
  const { session, server } = given;
  const screen = await render(SignIn, { session, api: 'http://holdfast.test', fetch: server.fetch });
  const field = screen.getByLabelText(/API key/);
  const submit = async (text: string): Promise<void> => {
    await field.fill(text);
    await userEvent.keyboard('{Enter}');
  };
  return { ...given, answer, screen, field, submit };
}

test('a key that is not known says so, keeps the focus, and stands nowhere but in its field', async () => {
  const { screen, field, submit, session } = await stage();
  await submit(OTHER_TOKEN);
  await expect.element(screen.getByText(/This key is not known here/)).toBeVisible();
  await expect.element(field).toHaveFocus();
  await expect.element(field).toHaveAttribute('aria-invalid', 'true');
  expect(session.asks).toBe('needed');
  expect(document.documentElement.outerHTML + location.href).not.toContain(OTHER_TOKEN);
});

test('what can be no key is told before it is sent', async () => {
  const { screen, submit, server } = await stage();
  await submit(TOKEN.slice(0, 40));
  await expect.element(screen.getByText(/This is no whole API key/)).toBeVisible();
  await submit('hunter2');
  await expect.element(screen.getByText(/This can be no key/)).toBeVisible();
  expect(server.heard).toEqual([null]);
});

test('who was busy with something is there again when he has signed in', async () => {
  const field = document.body.appendChild(document.createElement('input'));
  field.focus();
  const { screen, submit } = await stage();
  await submit(TOKEN);
  await screen.unmount();
  await expect.element(field).toHaveFocus();
  field.remove();
});

test('a key lets go on what waited, whatever came with it when it was pasted', async () => {
  const { submit, session, answer, store } = await stage();
  await submit(`  Bearer ${TOKEN} `);
  expect(await answer).toBe(200);
  expect([session.asks, session.identity?.name, store.kept.size]).toEqual([null, 'ann', 0]);
});

test('a server that asks to wait is not asked sooner', async () => {
  const { screen, submit, server } = await stage();
  server.refusal = { status: 429, code: 'rate-limited', retryAfter: '30' };
  await submit(TOKEN);
  await expect.element(screen.getByRole('button', { name: /Sign in in \d+ s/ })).toBeDisabled();
  await expect.element(screen.getByRole('alert').getByText(/It has to wait 30 s/)).toBeVisible();
  await userEvent.keyboard('{Enter}');
  expect(server.heard).toHaveLength(2);
});

test('an issuer that cannot be reached is no fault of the token', async () => {
  const { screen, submit, server } = await stage();
  server.refusal = { status: 503, code: 'identity-unavailable' };
  await submit(TOKEN);
  await expect.element(screen.getByText(/The issuer of your token cannot be reached/)).toBeVisible();
});

test('it is left by a key alone', async () => {
  const { screen } = await stage();
  await userEvent.keyboard('{Escape}{Escape}');
  await expect.element(screen.getByRole('dialog', { name: 'Sign in' })).toBeVisible();
});

test('the key can be looked at by whoever typed it', async () => {
  const { screen, field } = await stage();
  await expect.element(field).toHaveAttribute('type', 'password');
  await screen.getByRole('button', { name: 'Show' }).click();
  await expect.element(field).toHaveAttribute('type', 'text');
});
