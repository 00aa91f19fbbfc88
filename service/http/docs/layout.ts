/** What all pages share: one head, one style, and a header that links each to the others. */
import type { Markup } from './markup.ts';
import { markup } from './markup.ts';

export interface PageText {
  /** Where the page is, so that its own link is marked. */
  readonly path: string;
  readonly title: string;
  readonly main: Markup;
  /** Text to read unless it is a tool, which brings its own style. */
  readonly kind?: 'text' | 'tool';
  /** Styles and scripts of this page alone. */
  readonly head?: Markup;
}

const LINKS = [
  ['/docs/first-steps', 'First steps'],
  ['/docs', 'API'],
  ['/docs/live', 'Live channel'],
  ['/docs/problems', 'Problems'],
  ['/openapi.json', 'openapi.json'],
  ['/asyncapi.json', 'asyncapi.json'],
] as const;

const CURRENT = markup` aria-current="page"`;

export function pageText({ path, title, main, head = markup``, kind = 'text' }: PageText): string {
  return markup`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/style.css">
${head}</head>
<body>
<a class="skip" href="#main">Skip to the content</a>
<header class="top">
<a class="brand" href="/">Holdfast</a>
<nav aria-label="Pages">
${LINKS.map(([to, name]) => markup`<a href="${to}"${to === path ? CURRENT : ''}>${name}</a>\n`)}</nav>
</header>
<main id="main" class="${kind}">
${main}</main>
</body>
</html>
`.text;
}
