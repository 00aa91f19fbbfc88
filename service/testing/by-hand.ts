/** What a person does on the dashboard, in the words of the screen. */
import type { Locator, Page } from 'playwright-core';

export const press = (page: Page, name: string): Promise<void> =>
  page.getByRole('button', { name, exact: true }).click();

export const keyField = (page: Page): Locator => page.getByLabel('API key, or token');

/** Resolves when it is sent, not when it is judged. */
export async function signIn(page: Page, key: string): Promise<void> {
  await keyField(page).fill(key);
  await page.keyboard.press('Enter');
}

/** A whole key that no installation knows. */
export const WRONG_KEY = `holdfast_local_aaaaaaaaaaaa_${'a'.repeat(48)}`;
