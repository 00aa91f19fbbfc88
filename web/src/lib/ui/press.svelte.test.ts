import { createRawSnippet } from 'svelte';
import { expect, test } from 'vitest';
import { render } from 'vitest-browser-svelte';
import Button from './Button.svelte';
import Dialog from './Dialog.svelte';

const snippet = (html: string) => createRawSnippet(() => ({ render: () => html }));

test('the second half of a double-click on a button that sends is no second wish', async () => {
  const screen = await render(Button, { type: 'submit', children: snippet('<span>Send</span>') });
  const form = document.createElement('form');
  let sent = 0;
  form.onsubmit = (event) => (event.preventDefault(), (sent += 1));
  const button = screen.getByRole('button').element();
  button.replaceWith(form);
  form.append(button);
  for (const detail of [1, 2])
    button.dispatchEvent(new MouseEvent('click', { detail, bubbles: true, cancelable: true }));
  expect(sent).toBe(1);
});

test('a dialog stays when a text in it is marked by dragging out of it, and goes by a press beside it', async () => {
  const { container } = await render(Dialog, { title: 'Why', isOpen: true, children: snippet('<p>long text</p>') });
  const dialog = container.querySelector('dialog')!;
  const press = (from: Element, to: Element): void => {
    from.dispatchEvent(new PointerEvent('pointerdown', { bubbles: true }));
    to.dispatchEvent(new MouseEvent('click', { bubbles: true }));
  };
  press(dialog.querySelector('p')!, dialog);
  expect(dialog.open).toBe(true);
  press(dialog, dialog);
  expect(dialog.open).toBe(false);
});
