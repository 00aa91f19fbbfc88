/** The dashboard becomes static files under /app, in web/build: a shell for every view, and modules named by their hash. */
import adapter from '@sveltejs/adapter-static';
import { sveltekit } from '@sveltejs/kit/vite';
import { defineConfig } from 'vite';

export default defineConfig({
  plugins: [
    sveltekit({
      adapter: adapter({ pages: 'build', fallback: 'index.html', precompress: true }),
      paths: { base: '/app', relative: false },
      // One server serves what it was built with: a name that never changes keeps the output the same for the same sources.
      version: { name: 'holdfast', pollInterval: 0 },
      compilerOptions: { runes: true },
    }),
  ],
  build: { target: 'es2023', reportCompressedSize: false, modulePreload: { polyfill: false } },
});
