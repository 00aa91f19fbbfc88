/** `/docs/live`: the reference of the live channel, from its contract (AsyncAPI 3.0) as `/asyncapi.json` shows it. */
import { pageText } from './layout.ts';
import type { Markup } from './markup.ts';
import { markup } from './markup.ts';
import { prose } from './prose.ts';
import type { Schema } from './schema-view.ts';
import { nameOf, schemaView } from './schema-view.ts';

interface Ref {
  readonly $ref: string;
}

interface Message {
  readonly title: string;
  readonly summary: string;
  readonly payload: Ref;
  readonly examples: readonly { readonly summary: string; readonly payload: unknown }[];
}

interface Operation {
  /** As the server sees it. */
  readonly action: 'send' | 'receive';
  readonly summary: string;
  readonly description?: string;
  readonly messages: readonly Ref[];
  readonly reply?: { readonly messages: readonly Ref[] };
}

/** The part of the document that is shown. */
export interface LiveContract {
  readonly info: { readonly title: string; readonly description: string };
  readonly operations: Readonly<Record<string, Operation>>;
  readonly components: {
    readonly messages: Readonly<Record<string, Message>>;
    readonly schemas: Readonly<Record<string, Schema>>;
  };
}

export function livePage(contract: LiveContract): string {
  const { info } = contract;
  return pageText({
    path: '/docs/live',
    title: `${info.title} · Holdfast`,
    main: markup`<h1>${info.title}</h1>
${prose(info.description)}
<h2>What a client sends</h2>
${begunBy(contract, 'receive')}
<h2>What the server answers</h2>
${answers(contract).map((name) => messageSection(contract, name))}
<h2>What the server sends by itself</h2>
${begunBy(contract, 'send')}
<h2>Shapes</h2>
${shapes(contract).map(shapeSection)}`,
  });
}

function begunBy(contract: LiveContract, action: Operation['action']): Markup[] {
  const begun = Object.values(contract.operations).filter((each) => each.action === action);
  return begun.flatMap((each) => namesOf(each.messages).map((name) => messageSection(contract, name, each)));
}

/** Messages that no operation begins: they only answer others. */
function answers({ operations }: LiveContract): string[] {
  const all = Object.values(operations);
  const begun = all.flatMap(({ messages }) => namesOf(messages));
  const replies = all.flatMap(({ reply }) => namesOf(reply?.messages ?? []));
  return [...new Set(replies)].filter((name) => !begun.includes(name));
}

/** Schemas that messages refer to; that of a message itself stands with the message. */
function shapes({ components }: LiveContract): [string, Schema][] {
  const shown = namesOf(Object.values(components.messages).map(({ payload }) => payload));
  return Object.entries(components.schemas).filter(([name]) => !shown.includes(name));
}

const namesOf = (refs: readonly Ref[]): string[] => refs.map(({ $ref }) => nameOf($ref));

function messageSection({ components }: LiveContract, name: string, operation?: Operation): Markup {
  const { summary, payload, examples } = components.messages[name]!;
  return markup`<section id="${name}">
<h3><a class="self" href="#${name}"><code>${name}</code> ${operation?.summary ?? summary}</a></h3>
${prose(operation?.description ?? '')}
${answeredBy(namesOf(operation?.reply?.messages ?? []))}
${schemaView(components.schemas[nameOf(payload.$ref)]!)}
${examples.map(exampleOf)}</section>
`;
}

function answeredBy(names: readonly string[]): Markup {
  if (names.length === 0) return markup``;
  const links = names.map((name, i) => markup`${i === 0 ? '' : ' or '}<a href="#${name}"><code>${name}</code></a>`);
  return markup`<p>Answered by ${links}.</p>`;
}

const exampleOf = ({ summary, payload }: Message['examples'][number]): Markup => markup`<p class="soft">${summary}:</p>
<pre tabindex="0"><code>${JSON.stringify(payload, null, 2)}</code></pre>
`;

const shapeSection = ([name, schema]: [string, Schema]): Markup => markup`<section id="schema-${name}">
<h3><a class="self" href="#schema-${name}">${name}</a></h3>
${schemaView(schema)}</section>
`;
