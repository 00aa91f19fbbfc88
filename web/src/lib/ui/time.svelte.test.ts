import { afterEach, expect, test } from 'vitest';
import { render } from 'vitest-browser-svelte';
import { heardDate } from '#lib/now.svelte.ts';
import Time from './Time.svelte';

const inSeconds = (seconds: number): Date => new Date(Date.now() + seconds * 1_000);
afterEach(() => heardDate(inSeconds(0).toUTCString()));

test.each([600, -600])(
  'a machine whose clock is %i s off tells how long ago by the clock of the server',
  async (off) => {
    heardDate(inSeconds(off).toUTCString());
    const screen = await render(Time, { at: inSeconds(off - 130).toISOString() });
    await expect.element(screen.getByText('2 min ago')).toBeVisible();
  },
);

test('what an answer says of the time to the second is not taken for a wrong clock', async () => {
  heardDate(inSeconds(-0.9).toUTCString());
  const screen = await render(Time, { at: inSeconds(-0.1).toISOString() });
  await expect.element(screen.getByText('now')).toBeInTheDocument();
});
