// A Chromium for the browser tests: the one that is named or installed, else Playwright's own, else Debian's package.
//   node service/toolchain/browser.mjs   finds one that starts, or fetches one; a sentence when it can be had in no way
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { CannotRun } from './sentences.mjs';

const require = createRequire(import.meta.url);

const INSTALLED = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

/** Where Playwright would put its own; nothing has to be there. */
const playwrights = () => require('playwright-core').chromium.executablePath();

/** The path of a Chromium that starts, or undefined. `CHROME_PATH` is taken at its word: nothing else is looked for. */
export function findBrowser() {
  const named = process.env.CHROME_PATH;
  const candidates = named ? [named] : [...INSTALLED, playwrights()];
  return candidates.find(starts);
}

/** A download without the libraries of its system is there and does not start. */
const starts = (path) => existsSync(path) && run(path, ['--version'], 'ignore').status === 0;

/** The path of a Chromium that starts. Fetches one where there is none; throws CannotRun when no way leads to one. */
export function ensureBrowser() {
  const found = findBrowser();
  if (found !== undefined) return found;
  if (process.env.CHROME_PATH) {
    throw new CannotRun(
      `CHROME_PATH is ${process.env.CHROME_PATH}, and no browser starts there. Correct or remove it.`,
    );
  }
  for (const fetch of [fetchPlaywrights, fetchDebians]) {
    fetch();
    const fetched = findBrowser();
    if (fetched !== undefined) return fetched;
  }
  throw new CannotRun(
    'The browser tests need a Chromium, and none could be had: none is installed, and neither the download of Playwright ' +
      "nor Debian's package (as root) worked; the reasons stand above. Install Chromium or Chrome, or set CHROME_PATH.",
  );
}

function fetchPlaywrights() {
  console.log(
    'No Chromium is installed: "playwright-core install chromium" downloads one (about 200 MB) to the cache of Playwright.',
  );
  const cli = join(dirname(require.resolve('playwright-core/package.json')), 'cli.js');
  run(process.execPath, [cli, 'install', '--no-shell', 'chromium']);
}

function fetchDebians() {
  if (process.getuid?.() !== 0 || run('apt-get', ['--version'], 'ignore').status !== 0) return;
  console.log('Playwright has none for this machine: "apt-get install chromium" installs it for the system.');
  run('apt-get', ['update', '-q']);
  run('apt-get', ['install', '-q', '-y', '--no-install-recommends', 'chromium']);
}

/** A server that does not answer is given up soon; one that is slow is not. */
const PATIENCE = { DEBIAN_FRONTEND: 'noninteractive', PLAYWRIGHT_DOWNLOAD_CONNECTION_TIMEOUT: '10000' };

const run = (command, args, stdio = 'inherit') =>
  spawnSync(command, args, { stdio, env: { ...process.env, ...PATIENCE } });

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  try {
    console.log(`The browser tests use ${ensureBrowser()}.`);
  } catch (error) {
    if (!(error instanceof CannotRun)) throw error;
    console.error(error.message);
    process.exitCode = 1;
  }
}
