/**
 * The dashboard as a person has it: a real server with a data folder of its own for each test, and a real browser before it.
 * What a page complains about is collected: its console, foreign requests, and what the policy of the server forbids.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import type { NewApiKey, Scope } from '@holdfast/api/types';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { complaintsOf, openBrowser } from './browser.ts';
import { signIn } from './by-hand.ts';
import type { RealServer } from './real-server.ts';
import { freePort, startServer } from './real-server.ts';

export interface Opened {
  readonly page: Page;
  readonly complaints: readonly string[];
}

export interface Flaws {
  readonly found: readonly { readonly id: string; readonly nodes: readonly string[] }[];
  /** Pixels beyond the window. */
  readonly tooWide: number;
}

/** What a page without flaws is found to be. */
export const FLAWLESS: Flaws = { found: [], tooWide: 0 };

export const ALL_SCOPES: readonly Scope[] = ['tasks:submit', 'tasks:read', 'payloads:read', 'tasks:operate', 'admin'];

/** A console tells it too, but in the words of a browser. */
const TELL_OF_POLICY = `document.addEventListener('securitypolicyviolation', ({ effectiveDirective, blockedURI }) =>
  console.error('policy: ' + effectiveDirective + ' forbids ' + blockedURI))`;

export class GivenDashboard {
  #browser: Browser | undefined;
  #server: RealServer | undefined;
  #dataDir = '';
  #port = 0;
  #env: Readonly<Record<string, string>> = {};
  /** May make keys once they are asked for. */
  #adminKey: string | undefined;

  get url(): string {
    return this.#server!.url;
  }

  async openBrowser(): Promise<void> {
    this.#browser = await openBrowser();
  }

  async closeBrowser(): Promise<void> {
    await this.#browser?.close();
  }

  /** With more settings than its own. */
  async begin(env: Readonly<Record<string, string>> = {}): Promise<void> {
    this.#dataDir = mkdtempSync(join(tmpdir(), 'holdfast-dashboard-'));
    this.#port = await freePort();
    this.#env = { TIMING: 'short', ...env };
    this.#adminKey = undefined;
    await this.start();
  }

  async end(): Promise<void> {
    for (const context of this.#browser!.contexts()) await context.close();
    if (this.#server?.process.exitCode === null) await this.kill();
    rmSync(this.#dataDir, { recursive: true, force: true });
  }

  /** On the same port and data folder as before. */
  async start(): Promise<void> {
    this.#server = await startServer({ dataDir: this.#dataDir, port: this.#port, env: this.#env });
  }

  async kill(): Promise<void> {
    await this.#server!.killAll();
  }

  /** From now on everybody is asked for a key; answers the first one, which may do everything. */
  async requireKeys(): Promise<string> {
    const { key } = await this.makeKey('first', ALL_SCOPES);
    await this.#server!.stop();
    this.#env = { ...this.#env, IDENTITY: 'required' };
    await this.start();
    this.#adminKey = key;
    return key;
  }

  async makeKey(name: string, scopes: readonly Scope[], more: object = {}): Promise<NewApiKey> {
    const answer = await this.ask('/keys', { ...more, name, scopes });
    if (answer.status !== 201) throw new Error(`No key was made: ${await answer.text()}`);
    return (await answer.json()) as NewApiKey;
  }

  /** As whoever may do everything; a POST when there is a body. */
  ask(path: string, body?: object): Promise<Response> {
    const headers = {
      'content-type': 'application/json',
      ...(this.#adminKey !== undefined && { authorization: `Bearer ${this.#adminKey}` }),
    };
    return fetch(this.url + path, body ? { method: 'POST', headers, body: JSON.stringify(body) } : { headers });
  }

  /** `path` below /app. */
  async open(path: string, options: BrowserContextOptions = {}): Promise<Opened> {
    const opened = await this.openBlank(options);
    await opened.page.goto(`${this.url}/app${path}`);
    return opened;
  }

  /** The same, signed in with a key. */
  async openWith(key: string, path: string, options: BrowserContextOptions = {}): Promise<Opened> {
    const opened = await this.open(path, options);
    await signIn(opened.page, key);
    return opened;
  }

  /** A page that has not been anywhere, in a browser that has kept nothing. */
  async openBlank(options: BrowserContextOptions = {}): Promise<Opened> {
    const context = await this.#browser!.newContext({ viewport: { width: 1280, height: 800 }, ...options });
    const page = await context.newPage();
    await page.addInitScript(TELL_OF_POLICY);
    return { page, complaints: complaintsOf(page, this.url) };
  }

  async flawsOf(page: Page): Promise<Flaws> {
    const { violations } = await new AxeBuilder({ page }).analyze();
    const tooWide = await page.evaluate<number>('document.documentElement.scrollWidth - window.innerWidth');
    return { found: violations.map(({ id, nodes }) => ({ id, nodes: nodes.map(({ html }) => html) })), tooWide };
  }
}
