import { expect, test } from 'vitest';
import { render } from 'vitest-browser-svelte';
import { parsed } from './exact-json.ts';
import { PayloadDraft } from './payload-draft.svelte.ts';
import PayloadEditor from './PayloadEditor.svelte';

const SCHEMA = {
  type: 'object',
  required: ['name'],
  properties: {
    name: { type: 'string' },
    count: { type: 'integer' },
    isUrgent: { type: 'boolean' },
    lines: { type: 'array', items: { type: 'object', properties: { text: { type: 'string' } } } },
    constructor: { type: 'string' },
  },
};

async function editorOf(payload: Readonly<Record<string, unknown>>) {
  const draft = new PayloadDraft(payload);
  const screen = await render(PayloadEditor, { draft, schema: SCHEMA, errors: [] });
  return { draft, screen, json: () => JSON.stringify(parsed(draft.text)) };
}

test('a list grows and shrinks by its buttons, and its entries have fields', async () => {
  const { screen, json } = await editorOf({ name: 'a', lines: [{ text: 'one' }] });
  await screen.getByRole('button', { name: 'Add to lines' }).click();
  await screen.getByLabelText(/^text/).nth(1).fill('two');
  expect(json()).toBe('{"name":"a","lines":[{"text":"one"},{"text":"two"}]}');
  await screen.getByRole('button', { name: 'Remove lines 1' }).click();
  expect(json()).toBe('{"name":"a","lines":[{"text":"two"}]}');
  await screen.getByRole('button', { name: 'Leave out lines' }).click();
  expect(json()).toBe('{"name":"a"}');
});

test('a field that is emptied is left out, unless it has to be there', async () => {
  const { screen, json } = await editorOf({ name: 'a', count: 7, isUrgent: true });
  await screen.getByLabelText(/^count/).fill('');
  await screen.getByLabelText(/^isUrgent/).selectOptions('not set');
  await screen.getByLabelText('name').fill('');
  expect(json()).toBe('{"name":""}');
});

test('what is no number stays in its field, keeps what was there, and cannot be sent', async () => {
  const { draft, screen, json } = await editorOf({ name: 'a', count: 7 });
  await screen.getByLabelText(/^count/).fill('7e');
  await expect.element(screen.getByText('is not a number')).toBeVisible();
  expect([json(), draft.ready()]).toEqual(['{"name":"a","count":7}', null]);
  await screen.getByLabelText(/^count/).fill('7e2');
  expect([json(), draft.unreadable]).toEqual(['{"name":"a","count":7e2}', {}]);
});

test('a value that does not fit its field is edited as JSON', async () => {
  const { screen, json } = await editorOf({ name: { first: 'a' } });
  await screen.getByLabelText('name').fill('"a"');
  expect(json()).toBe('{"name":"a"}');
  await expect.element(screen.getByLabelText('name')).toHaveValue('a');
});
