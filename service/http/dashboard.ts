/**
 * The dashboard under /app: the files that were built, and one shell for every view, whose router finds the rest in the
 * address. Files are named by their hash and kept for ever; the shell is asked for each time. The policy lets run what was
 * built and nothing else: the scripts of the shell by their hashes.
 */
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { Refusal } from '../core/refusal.ts';
import { pathOf } from './call.ts';
import type { Page, Shown } from './page.ts';
import { CSS, HTML, page, policy, SCRIPT } from './page.ts';

/** Where all views are; a pattern of the router. */
export const VIEWS = '/app/*';
const SHELL = 'index.html';
/** Files named by their hash. */
const FOREVER = '_app/immutable/';

/** No view has a dot in its path, and no file of the build is a view. */
const VIEW = /^\/app(?:\/(?!_app(?:\/|$))[A-Za-z0-9_-]+)*\/?$/;
export const isView = (path: string): boolean => VIEW.test(path);

const CONTENT_TYPES: Readonly<Record<string, string>> = {
  js: SCRIPT,
  css: CSS,
  html: HTML,
  svg: 'image/svg+xml',
  json: 'application/json',
};

/** Where the API is when it is not where the page comes from: origins, as a browser writes them. */
export interface Elsewhere {
  readonly api: string;
  /** Of the live channel: ws or wss. */
  readonly live: string;
}

/** By path. Throws where the folder has no build. */
export function dashboardPages(folder: string, elsewhere?: Elsewhere): readonly (readonly [string, Page])[] {
  const names = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).replaceAll(sep, '/'));
  const files = names.filter((name) => name !== SHELL && contentTypeOf(name) !== undefined);
  const shell = page(elsewhere ? shellFor(folder, elsewhere) : shownShell(folder));
  return [
    ...files.map((name) => [`/app/${name}`, page(shownFile(folder, name))] as const),
    [
      VIEWS,
      (call) => {
        if (isView(pathOf(call.incoming?.url ?? call.request.url))) return shell(call);
        throw new Refusal('not-found', 'There is nothing at this path.');
      },
    ],
  ];
}

function shownShell(folder: string): Shown {
  const shown = shownFile(folder, SHELL);
  return { ...shown, policy: shellPolicy(shown.content.toString()) };
}

const NO_API = '<meta name="holdfast-api" content="" />';

/** Its head names the API; what was packed does not. */
function shellFor(folder: string, { api, live }: Elsewhere): Shown {
  const built = readFileSync(join(folder, SHELL), 'utf8');
  if (built.split(NO_API).length !== 2) throw new Error(`The shell of the dashboard says no longer once: ${NO_API}`);
  const content = built.replace(NO_API, () => NO_API.replace('""', () => `"${api}"`));
  return { content, contentType: HTML, policy: shellPolicy(content, `${api} ${live}`) };
}

const contentTypeOf = (name: string): string | undefined => CONTENT_TYPES[name.slice(name.lastIndexOf('.') + 1)];

function shownFile(folder: string, name: string): Shown {
  const path = join(folder, name);
  const packed = (suffix: string): Buffer<ArrayBuffer> | undefined =>
    existsSync(path + suffix) ? readFileSync(path + suffix) : undefined;
  return {
    content: readFileSync(path),
    contentType: contentTypeOf(name)!,
    isForever: name.startsWith(FOREVER),
    br: packed('.br'),
    gzip: packed('.gz'),
  };
}

const hashOf = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

/** The style with which SvelteKit hides what it reads aloud after a navigation; its only style attribute. */
const ANNOUNCER =
  'position: absolute; left: 0; top: 0; clip: rect(0 0 0 0); clip-path: inset(50%); overflow: hidden; white-space: nowrap; width: 1px; height: 1px';

function shellPolicy(shell: string, asked = "'self'"): string {
  const scripts = [...shell.matchAll(/<script>(.*?)<\/script>/gs)].map(([, code]) => hashOf(code!));
  return policy(
    `default-src 'none'; script-src 'self' ${scripts.join(' ')}; style-src 'self'; ` +
      `style-src-attr 'unsafe-hashes' ${hashOf(ANNOUNCER)}; img-src 'self' data:; connect-src ${asked}`,
  );
}
