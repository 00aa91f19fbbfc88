import { expect, test } from 'vitest';
import { render } from 'vitest-browser-svelte';
import { userEvent } from 'vitest/browser';
import Copy from './Copy.svelte';

test('a text is copied in a dialog of a page without https, too', async () => {
  Object.defineProperty(navigator, 'clipboard', { value: undefined, configurable: true });
  const dialog = document.body.appendChild(document.createElement('dialog'));
  dialog.append(document.createElement('input'));
  const screen = await render(Copy, { target: dialog, props: { text: 'a key', what: 'the key' } });
  dialog.showModal();
  await screen.getByRole('button', { name: 'Copy the key' }).click();
  await expect.element(screen.getByRole('status')).toHaveTextContent('Copied the key');
  await userEvent.click(dialog.querySelector('input')!);
  await userEvent.keyboard('{Control>}v{/Control}');
  expect(dialog.querySelector('input')!.value).toBe('a key');
  dialog.remove();
  Reflect.deleteProperty(navigator, 'clipboard');
});
