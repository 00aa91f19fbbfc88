// How esbuild makes the functions of serverless.yml, one module each, which need nothing but Node: read by serverless-esbuild,
// and by tests. TASKS_DIR: what own-types.mjs wrote for it stands for #own-types.
import { join } from 'node:path';
import { ROOT } from './pinned-node.mjs';

const CREDENTIALS = join(ROOT, 'service', 'aws', 'environment-credentials.ts');
/** Where `npm run package` writes the module of a TASKS_DIR. */
export const OWN_TYPES = join(ROOT, '.cache', 'own-types.ts');

/** A module in the place of another. @returns {import('esbuild').Plugin} */
const insteadOf = (name, path) => ({
  name: `instead of ${name}`,
  setup: ({ onResolve }) => {
    onResolve({ filter: new RegExp(`^${name}$`) }, () => ({ path }));
  },
});

/** @returns {import('esbuild').BuildOptions} */
export const bundleOptions = ({ ownTypes } = {}) => ({
  bundle: true,
  platform: 'node',
  format: 'esm',
  target: 'node24',
  charset: 'utf8',
  minify: true,
  // Names of functions and classes stand in logs and in stored errors.
  keepNames: true,
  legalComments: 'none',
  mainFields: ['module', 'main'],
  conditions: ['module'],
  // A CommonJS module that is left asks for Node's own.
  banner: { js: "import{createRequire}from'node:module';const require=createRequire(import.meta.url);" },
  plugins: [
    // Lambda has them in the environment; the chain that looks everywhere else is a third of the SDK.
    insteadOf('@aws-sdk/credential-provider-node', CREDENTIALS),
    ...(ownTypes === undefined ? [] : [insteadOf('#own-types', ownTypes)]),
  ],
});

/** For serverless-esbuild, which asks for a function: https://github.com/floydspace/serverless-esbuild#configuration */
const forServerless = () => ({
  ...bundleOptions({ ownTypes: process.env.TASKS_DIR?.trim() ? OWN_TYPES : undefined }),
  outputFileExtension: '.mjs',
  // Everything is bundled: nothing is to be installed.
  exclude: ['*'],
  keepOutputDirectory: true,
});
export { forServerless as 'module.exports' };
