/** `/docs`: the contract of this installation in the Swagger UI. Its files are served from here, and only these. */
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Shown } from '../page.ts';
import { CSS, HTML, policy, SCRIPT } from '../page.ts';
import { pageText } from './layout.ts';
import { markup } from './markup.ts';

export const SWAGGER_UI_FILES = { 'swagger-ui.css': CSS, 'swagger-ui-bundle.js': SCRIPT } as const;
/** Where a build has copied them to, beside its bundle. */
export const COPIED_SWAGGER_UI = 'swagger-ui';

const AT = '/docs/assets/';
const START = 'start-swagger-ui.js';

/** It asks only this server and its API, and sets no style but through the object model, which no policy has to allow. */
const policyFor = (api = ''): string =>
  policy(
    `default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self' ${api}`.trimEnd(),
  );

/** The folder with the files: of the build, else of the package. */
export function installedSwaggerUi(): string {
  const copied = join(import.meta.dirname, COPIED_SWAGGER_UI);
  return existsSync(copied) ? copied : dirname(fileURLToPath(import.meta.resolve('swagger-ui-dist/swagger-ui.css')));
}

/** By path. `api`: the origin that is asked when it is another one. */
export function swaggerUiPages(folder: string, api?: string): readonly (readonly [string, Shown])[] {
  const files = Object.entries(SWAGGER_UI_FILES);
  return [
    ['/docs', { content: API_PAGE, contentType: HTML, policy: policyFor(api) }],
    [AT + START, { content: START_SCRIPT, contentType: SCRIPT }],
    ...files.map(
      ([name, contentType]) => [AT + name, { content: readFileSync(join(folder, name)), contentType }] as const,
    ),
  ];
}

const API_PAGE = pageText({
  path: '/docs',
  title: 'API · Holdfast',
  kind: 'tool',
  head: markup`<link rel="stylesheet" href="${AT}swagger-ui.css">
<script src="${AT}swagger-ui-bundle.js" defer></script>
<script src="${AT}${START}" defer></script>
`,
  main: markup`<div id="swagger-ui"></div>
<noscript><p>This page needs JavaScript. The contract is at <a href="/openapi.json">/openapi.json</a>.</p></noscript>
`,
});

/** `validatorUrl`: the document is shown to no online validator. */
const START_SCRIPT = `'use strict';
const dark = matchMedia('(prefers-color-scheme: dark)');
const follow = () => document.documentElement.classList.toggle('dark-mode', dark.matches);
dark.addEventListener('change', follow);
follow();
SwaggerUIBundle({
  url: '/openapi.json',
  dom_id: '#swagger-ui',
  deepLinking: true,
  displayRequestDuration: true,
  defaultModelsExpandDepth: 0,
  validatorUrl: null,
});
`;
