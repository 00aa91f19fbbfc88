/** `/docs/problems`: the `type` of every problem is an anchor here. */
import { problems } from '@holdfast/api/problems';
import type { ProblemCode } from '@holdfast/api/types';
import { pageText } from './layout.ts';
import type { Markup } from './markup.ts';
import { markup } from './markup.ts';
import { inline } from './prose.ts';

const CODES = Object.keys(problems) as ProblemCode[];

const EXAMPLE = {
  type: '/docs/problems#not-announced-yet',
  title: problems['not-announced-yet'].title,
  status: 409,
  detail: 'The failure inbox does not have the task yet.',
  instance: '/requests/8sK2fQ-1a',
  code: 'not-announced-yet',
  retryable: true,
};

const section = (code: ProblemCode): Markup => {
  const { status, title, retryable, when, remedy } = problems[code];
  return markup`<section id="${code}">
<h3><a class="self" href="#${code}"><code>${code}</code> ${title}</a></h3>
<dl class="facts">
<dt>Status</dt><dd>${status}</dd>
<dt>When</dt><dd>${inline(when)}</dd>
<dt>Remedy</dt><dd>${inline(remedy)}</dd>
<dt>Retryable</dt><dd>${retryable ? 'yes: the same request may succeed later' : 'no'}</dd>
</dl>
</section>
`;
};

/** Rendered once; it changes with the contract only. */
export const PROBLEMS_PAGE = pageText({
  path: '/docs/problems',
  title: 'Problems · Holdfast',
  main: markup`<h1>Problems</h1>
<p>Every error is an <code>application/problem+json</code> object (RFC 9457). Its <code>type</code> leads to a section of this
page, and its <code>code</code> never changes its meaning: decide by <code>code</code> and <code>retryable</code>, show
<code>title</code> and <code>detail</code>, and quote the request id at the end of <code>instance</code> when you report a
fault. A body that does not keep its schema is answered with up to 20 places in <code>errors</code>, each a JSON Pointer.</p>
<pre tabindex="0"><code>${JSON.stringify(EXAMPLE, null, 2)}</code></pre>
<p>Of two faults at once the first in this order is answered: transport, headers, JSON, schema, state. What is retryable may
be sent again unchanged, after <code>Retry-After</code> where the answer has it; no task is doubled by it that has a
<code>taskId</code> or an <code>Idempotency-Key</code>.</p>

<h2>All codes</h2>
<ul class="index">
${CODES.map((code) => markup`<li><a href="#${code}"><code>${code}</code></a> <span class="soft">${problems[code].status}</span></li>\n`)}</ul>

<h2>One by one</h2>
${CODES.map(section)}`,
});
