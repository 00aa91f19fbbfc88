import { playwright } from '@vitest/browser-playwright';
import { configDefaults, defineConfig } from 'vitest/config';
import { findBrowser } from './service/toolchain/browser.mjs';

const SLOW = '**/*.slow.test.ts';
const IN_BROWSER = '**/*.svelte.test.ts';

const executablePath = findBrowser();

export default defineConfig({
  test: {
    maxWorkers: 2,
    // Of the tests of one file that run side by side: each starts servers and k6.
    maxConcurrency: 2,
    // For a hanging test only: what compiles or waits for processes takes its time on a busy machine.
    testTimeout: 120_000,
    hookTimeout: 120_000,
    projects: [
      {
        extends: true,
        test: {
          name: 'fast',
          include: ['{api,service,web,load}/**/*.test.ts'],
          exclude: [...configDefaults.exclude, SLOW, IN_BROWSER],
        },
      },
      {
        // Real processes that are killed: one file at a time, or they would starve each other.
        extends: true,
        test: { name: 'slow', include: [`{api,service,web,load}/${SLOW}`], fileParallelism: false },
      },
      {
        // Components, in the browser that shows them.
        extends: './web/vite.config.ts',
        root: './web',
        test: {
          name: 'components',
          include: [`src/${IN_BROWSER}`],
          browser: {
            enabled: true,
            headless: true,
            screenshotFailures: false,
            viewport: { width: 1280, height: 800 },
            provider: playwright({ launchOptions: { ...(executablePath && { executablePath }) } }),
            instances: [{ browser: 'chromium' }],
          },
        },
      },
    ],
  },
});
