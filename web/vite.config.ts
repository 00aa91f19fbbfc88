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

/**
 * What every view needs is one chunk, for one text packs better than many. Nothing in it may import `$app/…`: SvelteKit's
 * client has to be loaded after its entry, which needs this one.
 */
const PARTS = 'Button|Copy|Empty|Icon|ProblemNote|StatusBadge|Text|Time|toasts';
const BASE = {
  name: 'base',
  test: new RegExp(
    `node_modules.(svelte|esm-env|clsx|openapi-fetch)|api.sdk|src.lib.(times|text|now|ui.(${PARTS}))[.]`,
  ),
};

export default defineConfig({
  plugins: [
    withoutServerData,
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
        rolldownOptions: { output: { codeSplitting: { groups: [BASE] } } },
      },
    },
  },
  build: { target: 'es2023', reportCompressedSize: false, modulePreload: false },
});
