// The import table of the house (CONTRIBUTING.md) and the rules of the core, enforced.
import js from '@eslint/js';
import { createTypeScriptImportResolver } from 'eslint-import-resolver-typescript';
import { importX } from 'eslint-plugin-import-x';
import tseslint from 'typescript-eslint';

/** A room, what of ours it may not import, and what it may import all the same. */
const importTable = [
  { target: './api', from: './service' },
  { target: './service/core', from: './service', except: ['./core'] },
  { target: './service/tasks', from: './service', except: ['./tasks', './core'] },
  { target: './service/http', from: './service', except: ['./http', './core', './testing', './config.ts'] },
  { target: './service/embedded', from: './service', except: ['./embedded', './core', './testing', './tasks'] },
  { target: './service/testing', from: './service/http' },
];

const ambient = [
  { object: 'Date', property: 'now', message: 'Time comes in through the Clock port.' },
  { object: 'Math', property: 'random', message: 'Randomness comes in through the Random port.' },
];
const ambientGlobals = ['process', 'setTimeout', 'setInterval', 'setImmediate', 'fetch', 'crypto', 'performance'];

export default tseslint.config(
  { ignores: ['**/node_modules/', 'api/generated/', 'dist/', 'data/', '**/fixtures/broken/'] },
  js.configs.recommended,
  ...tseslint.configs.strictTypeChecked,
  {
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    plugins: { 'import-x': importX },
    settings: { 'import-x/resolver-next': [createTypeScriptImportResolver()] },
    rules: {
      'import-x/no-cycle': 'error',
      'import-x/no-default-export': 'error',
      'import-x/no-restricted-paths': ['error', { zones: importTable }],
      'no-warning-comments': ['error', { terms: ['todo', 'fixme', 'xxx'] }],
      'max-lines': ['error', { max: 400 }],
      'max-lines-per-function': ['error', { max: 60, skipComments: true }],
      'max-params': ['error', 3],
      '@typescript-eslint/no-unnecessary-condition': 'off', // noUncheckedIndexedAccess already asks the useful half
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/no-non-null-assertion': 'off', // an index just checked; the compiler cannot see it
      '@typescript-eslint/no-unused-vars': ['error', { ignoreRestSiblings: true }], // leaving fields out by name
      '@typescript-eslint/only-throw-error': 'off', // a Refusal is thrown and is an Error; port rejections may be foreign
    },
  },
  {
    files: ['service/core/**/*.ts'],
    ignores: ['**/*.test.ts'],
    rules: {
      'no-restricted-properties': ['error', ...ambient],
      'no-restricted-globals': ['error', ...ambientGlobals],
      'no-restricted-imports': [
        'error',
        { patterns: [{ regex: '^(?!\\.|@holdfast/api/|node:crypto$)', message: 'The core is pure: ports only.' }] },
      ],
    },
  },
  { files: ['**/*.test.ts', '**/conformance/**'], rules: { 'max-lines-per-function': 'off' } },
  // A test looks at its room from outside: it may use the fixtures of service/testing.
  { files: ['service/**/*.test.ts'], rules: { 'import-x/no-restricted-paths': 'off' } },
  {
    files: ['*.config.ts', '*.config.js', 'eslint.config.js'],
    rules: { 'import-x/no-default-export': 'off' },
  },
  { files: ['**/*.js', '**/*.mjs'], extends: [tseslint.configs.disableTypeChecked] },
  {
    files: ['**/*.mjs'],
    languageOptions: { globals: { process: 'readonly', console: 'readonly', URL: 'readonly' } },
  },
);
