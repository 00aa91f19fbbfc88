/** A real browser for tests of pages, and what it complains about while it shows them. */
import type { Browser, Page } from 'playwright-core';
import { chromium } from 'playwright-core';
import { findBrowser } from '../toolchain/browser.mjs';

/** Throws where there is none: a test of pages is never skipped. */
export async function openBrowser(): Promise<Browser> {
  const executablePath = findBrowser();
  if (executablePath === undefined) {
    throw new Error('No Chromium starts here. "node service/toolchain/browser.mjs" fetches one, as "npm test" does.');
  }
  return chromium.launch({ executablePath });
}

/** Whatever a page has written down where it could be found. */
export const traces = (page: Page): Promise<string> =>
  page.evaluate<string>(
    'document.documentElement.outerHTML + location.href + document.cookie + JSON.stringify(localStorage)',
  );

/** Fills as the page is used: errors and warnings of its console, refused by a policy or thrown, and foreign requests. */
export function complaintsOf(page: Page, origin: string): readonly string[] {
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) complaints.push(`${message.type()}: ${message.text()}`);
  });
  page.on('pageerror', (error) => complaints.push(`thrown: ${error.message}`));
  page.on('request', (request) => {
    const url = request.url();
    if (!url.startsWith(`${origin}/`) && !url.startsWith('data:')) complaints.push(`foreign: ${url}`);
  });
  return complaints;
}
