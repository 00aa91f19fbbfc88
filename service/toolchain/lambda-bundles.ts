/**
 * How esbuild makes the functions of serverless.yml, one module each, which need nothing but Node: read by serverless-esbuild,
 * and by tests. With a TASKS_DIR the module that own-types-module.ts wrote stands for #own-types.
 */
import { join } from 'node:path';
import type { BuildOptions, Plugin } from 'esbuild';

const ROOT = join(import.meta.dirname, '..', '..');
const CREDENTIALS = join(ROOT, 'service', 'aws', 'environment-credentials.ts');
/** Where `npm run package` writes the module of a TASKS_DIR. */
export const OWN_TYPES = join(ROOT, '.cache', 'own-types.ts');

/** A module in the place of another. */
const insteadOf = (name: string, path: string): Plugin => ({
  name: `instead of ${name}`,
  setup: (build) => {
    build.onResolve({ filter: new RegExp(`^${name}$`) }, () => ({ path }));
  },
});

/** `ownTypes`: the module that stands for #own-types; undefined leaves our own, which has none. */
export const bundleOptions = (ownTypes?: string): BuildOptions => ({
  bundle: true,
  platform: 'node',
  format: 'esm',
  target: 'node24',
  charset: 'utf8',
  minify: true,
  // Errors of people are often named by their class; ours say their names, and go without (6 % of the size, 10 ms of a start).
  keepNames: ownTypes !== undefined,
  legalComments: 'none',
  // The SDK says only there that it can be shaken; `main` first is esbuild's habit on Node.
  mainFields: ['module', 'main'],
  // A CommonJS module that is left asks for Node's own.
  banner: { js: "import{createRequire}from'node:module';const require=createRequire(import.meta.url);" },
  plugins: [
    // Lambda has them in the environment; the chain that looks everywhere else is a third of the SDK.
    insteadOf('@aws-sdk/credential-provider-node', CREDENTIALS),
    ...(ownTypes === undefined ? [] : [insteadOf('#own-types', ownTypes)]),
  ],
});

/** serverless-esbuild takes a function only: https://github.com/floydspace/serverless-esbuild#esbuild */
const forServerless = () => ({
  ...bundleOptions(process.env['TASKS_DIR']?.trim() ? OWN_TYPES : undefined),
  outputFileExtension: '.mjs',
  // Everything is bundled: nothing is to be installed.
  exclude: ['*'],
  keepOutputDirectory: true,
  // A context that is kept for another build keeps the process when a build fails.
  skipRebuild: true,
});
export { forServerless as 'module.exports' };
