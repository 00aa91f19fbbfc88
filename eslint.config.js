// How code reads, and what the core may not touch. The import table is in dependency-cruiser.config.mjs.
import js from '@eslint/js';
import svelte from 'eslint-plugin-svelte';
import tseslint from 'typescript-eslint';

const ambient = [
  { object: 'Date', property: 'now', message: 'Time comes in through the Clock port.' },
  { object: 'Math', property: 'random', message: 'Randomness comes in through the Random port.' },
];
const ambientGlobals = ['process', 'setTimeout', 'setInterval', 'setImmediate', 'fetch', 'crypto', 'performance'];

export default tseslint.config(
  {
    ignores: [
      '**/node_modules/',
      '.cache/',
      'api/generated/',
      'dist/',
      '.esbuild/',
      'data/',
      'web/build/',
      'web/.svelte-kit/',
      '**/fixtures/broken/',
    ],
  },
  js.configs.recommended,
  ...tseslint.configs.strictTypeChecked,
  {
    languageOptions: {
      parserOptions: { projectService: true, extraFileExtensions: ['.svelte'], tsconfigRootDir: import.meta.dirname },
    },
    rules: {
      'no-restricted-syntax': [
        'error',
        { selector: 'ExportDefaultDeclaration', message: 'A name is found by search; a default is not.' },
        { selector: 'TSEnumDeclaration', message: 'A union of literals needs no code at run time.' },
        {
          selector: 'TSAsExpression > TSTypeReference[typeName.name=/^Entry(Key|Prefix)$/]',
          message: 'tenantKey and installationKey make keys: a cast forgets whose entry it is.',
        },
      ],
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
  ...svelte.configs.recommended,
  {
    files: ['**/*.svelte', '**/*.svelte.ts'],
    languageOptions: {
      parserOptions: { projectService: true, extraFileExtensions: ['.svelte'], parser: tseslint.parser },
    },
    rules: {
      // What changes a thousand times a second is kept in plain maps; a signal tells once a frame.
      'svelte/prefer-svelte-reactivity': 'off',
      'no-undef': 'off', // the compiler knows what a browser has
      // What a component takes and what it shows stand together in one function.
      'max-lines-per-function': 'off',
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
  {
    files: ['**/*.config.ts', '*.config.js', '*.config.mjs'],
    rules: { 'no-restricted-syntax': 'off' },
  },
  {
    // The types of k6 name classes where a plain object is meant.
    files: ['load/**/*.ts'],
    rules: { '@typescript-eslint/no-unsafe-class-instance-assignment': 'off' },
  },
  { files: ['**/*.js', '**/*.mjs'], extends: [tseslint.configs.disableTypeChecked] },
  {
    files: ['**/*.mjs'],
    languageOptions: { globals: { process: 'readonly', console: 'readonly', URL: 'readonly' } },
  },
);
