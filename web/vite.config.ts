/** The dashboard becomes static files under /app, in web/build: a shell for every view, and modules named by their hash. */
import { fileURLToPath } from 'node:url';
import adapter from '@sveltejs/adapter-static';
import { sveltekit } from '@sveltejs/kit/vite';
import type { Plugin } from 'vite';
import { defineConfig } from 'vite';

const withoutServerData: Plugin = {
  name: 'without-server-data',
  enforce: 'pre',
  applyToEnvironment: ({ name }) => name === 'client',
  resolveId: (id) => (id === 'devalue' ? fileURLToPath(new URL('no-server-data.ts', import.meta.url)) : undefined),
};

/** What SvelteKit and Svelte name for pages that a server has rendered, in the words of their sources, and what stands for it here. */
const SERVER_PAGES: readonly (readonly [file: string, code: string, instead: string])[] = [
  // Svelte guards by this variable what it wants to be left out where nobody hydrates.
  ['svelte/src/internal/client/dom/hydration.js', 'export let hydrating = false;', 'export const hydrating = false;'],
  ['svelte/src/internal/client/dom/hydration.js', 'hydrating = value;', ''],
  ['kit/src/runtime/client/client.js', 'should_hydrate ? hydrate : mount', 'mount'],
  ['kit/src/runtime/client/client.js', 'await _hydrate(target, data);', "throw new Error('static');"],
];

/**
 * 2.4 KB before the first rows; neither SvelteKit nor Svelte has an option for it (client.js notes it as still to be done). After an
 * upgrade that has other words, other files, or the words more than once, the build says so.
 */
const withoutServerPages: Plugin = {
  name: 'without-server-pages',
  enforce: 'pre',
  apply: 'build',
  applyToEnvironment: ({ name }) => name === 'client',
  transform(code, id) {
    let left = code;
    for (const [file, words, instead] of SERVER_PAGES) {
      if (!id.split('?')[0]!.endsWith(file)) continue;
      if (left.split(words).length !== 2) this.error(`${file} says no longer once: ${words}`);
      left = left.replace(words, () => instead);
    }
    return left === code ? undefined : { code: left, map: null };
  },
  buildEnd() {
    const ids = [...this.getModuleIds()].map((id) => id.split('?')[0]!);
    for (const [file] of SERVER_PAGES)
      if (!ids.some((id) => id.endsWith(file))) this.error(`${file} is no longer there`);
  },
};

/**
 * What every view needs is one chunk, for one text packs better than many. Nothing in it may import `$app/…`: SvelteKit's
 * client has to be loaded after its entry, which needs this one.
 */
const PARTS =
  'api-url|client|now|text|times|tasks.(filter|status|StaleNote)|ui.(Button|clipboard|Copy|Empty|Icon|ProblemNote|StatusBadge|Text|Time|toasts)';
/** Of the SDK, what the list of tasks does without (holdfast.ts brings it), and the names of both, which bring all of it. */
const LATER = '(holdfast|index|operations|outbox|task-id|watch)[.]';
const BASE = {
  name: 'base',
  test: new RegExp(
    `node_modules.(svelte|esm-env|clsx|openapi-fetch)|api.sdk.(?!${LATER})|src.lib.(${PARTS})[.]|icons.(x|triangle-alert)[.]|api.generated.types`,
  ),
};

/** Both small, and both loaded for every view. */
const NAV = { name: 'nav', test: /src.lib.shell.nav[.]|kit.src.runtime.app.paths/ };

export default defineConfig({
  plugins: [
    withoutServerData,
    withoutServerPages,
    sveltekit({
      adapter: adapter({ pages: 'build', fallback: 'index.html', precompress: true }),
      paths: { base: '/app', relative: false },
      // One server serves what it was built with: a name that never changes keeps the output the same for the same sources.
      version: { name: 'holdfast', pollInterval: 0 },
      compilerOptions: { runes: true },
    }),
  ],
  environments: {
    client: {
      build: {
        license: { fileName: 'licenses.json' },
        rolldownOptions: { output: { codeSplitting: { groups: [BASE, NAV] } } },
      },
    },
  },
  build: { target: 'es2023', reportCompressedSize: false, modulePreload: false },
});
