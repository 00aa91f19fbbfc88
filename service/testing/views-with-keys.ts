/** The views of the dashboard for the pictures, on a server that asks for keys: before the sign-in, with much and with little allowed. */
import type { Page } from 'playwright-core';
import { press, signIn, WRONG_KEY } from './by-hand.ts';

type Act = (page: Page) => Promise<void>;

export interface View {
  readonly name: string;
  readonly path: string;
  /** What is there when it can be looked at. */
  readonly text: string;
  readonly act?: Act;
  /** Also what lies below the first screen. */
  readonly isWhole?: boolean;
}

async function lookWho(page: Page, name: string): Promise<void> {
  await press(page, name);
  await page.getByText('Known as').waitFor();
}

/** By the name that they are made with. */
const keys: Record<'first' | 'reader', string> = { first: '', reader: '' };

/** `text` is there when it can be looked at. */
function as(key: () => string, text: string, act?: Act): Act {
  return async (page) => {
    await signIn(page, key());
    await page.getByRole('button', { name: 'Signed in as' }).waitFor();
    await page.getByText(text).first().waitFor();
    await act?.(page);
  };
}

/** As whoever may do everything; the first ones before he has signed in. */
export const SIGNING_IN: readonly View[] = [
  { name: 'sign-in', path: '/tasks', text: 'Sign in' },
  {
    name: 'sign-in-wrong',
    path: '/tasks',
    text: 'Sign in',
    act: async (page) => {
      await signIn(page, WRONG_KEY);
      await page.getByText('This key is not known here').waitFor();
    },
  },
];

const asFirst = (text: string, act?: Act): Act => as(() => keys.first, text, act);
const asReader = (text: string, act?: Act): Act => as(() => keys.reader, text, act);

export const WITH_KEYS: readonly View[] = [
  {
    name: 'who-am-i',
    path: '/tasks',
    text: 'Sign in',
    act: asFirst('order-', (page) => lookWho(page, 'Signed in as first')),
  },
  { name: 'keys', path: '/keys', text: 'Sign in', act: asFirst('you are using'), isWhole: true },
  {
    name: 'keys-new',
    path: '/keys',
    text: 'Sign in',
    act: asFirst('you are using', (page) => press(page, 'New key …')),
  },
  {
    name: 'keys-new-refused',
    path: '/keys',
    text: 'Sign in',
    act: asFirst('you are using', async (page) => {
      await press(page, 'New key …');
      await press(page, 'Make the key');
      await page.getByText('Give it a name').waitFor();
    }),
  },
  {
    name: 'keys-store',
    path: '/keys',
    text: 'Sign in',
    act: asFirst('you are using', async (page) => {
      await press(page, 'Rotate importer');
      await press(page, 'Rotate the key');
      await press(page, 'Close');
      await page.getByText('Is it stored?').waitFor();
    }),
  },
  {
    name: 'keys-rotate',
    path: '/keys',
    text: 'Sign in',
    act: asFirst('you are using', (page) => press(page, 'Rotate first')),
  },
  {
    name: 'keys-revoke',
    path: '/keys',
    text: 'Sign in',
    act: asFirst('you are using', (page) => press(page, 'Revoke checkout service')),
  },
  {
    name: 'keys-revoke-own',
    path: '/keys',
    text: 'Sign in',
    act: asFirst('you are using', (page) => press(page, 'Revoke first')),
  },
  { name: 'lacks-admin', path: '/keys', text: 'Sign in', act: asReader('needs the scope') },
  {
    name: 'lacks-payloads',
    path: '/tasks/order-1002',
    text: 'Sign in',
    act: asReader('Why it is dead'),
    isWhole: true,
  },
  {
    name: 'lacks-submit',
    path: '/submit?type=simulate',
    text: 'Sign in',
    act: asReader('has no scope'),
    isWhole: true,
  },
  { name: 'lacks-like', path: '/submit?like=order-1002', text: 'Sign in', act: asReader('cannot be submitted') },
  {
    name: 'who-am-i-ends',
    path: '',
    text: 'Sign in',
    act: asReader('order-', (page) => lookWho(page, 'Signed in as reader , ends soon')),
  },
  {
    name: 'signed-out',
    path: '/tasks',
    text: 'Sign in',
    act: asFirst('order-', async (page) => {
      await press(page, 'Signed in as first');
      await press(page, 'Sign out');
      await page.getByText('You are signed out').waitFor();
    }),
  },
];

async function makeKey(url: string, name: string, wanted: object): Promise<string> {
  const init = { method: 'POST', headers: { 'content-type': 'application/json' } };
  const answer = await fetch(`${url}/keys`, { ...init, body: JSON.stringify({ name, ...wanted }) });
  return ((await answer.json()) as { key: string }).key;
}

export async function makeKeys(url: string): Promise<void> {
  const inDays = (days: number): string => new Date(Date.now() + days * 86_400_000).toISOString();
  const scopes = ['tasks:submit', 'tasks:read', 'payloads:read', 'tasks:operate', 'admin'];
  keys.first = await makeKey(url, 'first', { scopes });
  keys.reader = await makeKey(url, 'reader', { scopes: ['tasks:read'], expiresAt: inDays(3) });
  await makeKey(url, 'importer', { scopes: scopes.slice(0, 2), expiresAt: inDays(300) });
  await makeKey(url, 'checkout service', { scopes: scopes.slice(0, 1) });
}
