import { describe, expect, it, test } from 'vitest';
import type { LiveContract } from './live-page.ts';
import { livePage } from './live-page.ts';
import { markup } from './markup.ts';
import { prose } from './prose.ts';
import type { Schema } from './schema-view.ts';
import { schemaView, typeOf } from './schema-view.ts';

const plain = (html: string): string => html.replace(/<[^>]*>/g, '').replaceAll('&quot;', '"');

describe('markup', () => {
  it('escapes whatever is put into it, once', () => {
    const text = `<b title="x">'&'</b>`;
    const escaped = '&lt;b title=&quot;x&quot;&gt;&#39;&amp;&#39;&lt;/b&gt;';
    expect(markup`<p>${text}</p>`.text).toBe(`<p>${escaped}</p>`);
    expect(markup`<ul>${[markup`<li>${text}</li>`, markup`<li>${1}</li>`]}</ul>`.text).toBe(
      `<ul><li>${escaped}</li><li>1</li></ul>`,
    );
  });
});

test.each([
  ['One\nline.\n\nTwo.', '<p>One\nline.</p>\n<p>Two.</p>\n'],
  ['', ''],
  ['a `<b>` **c `d`**', '<p>a <code>&lt;b&gt;</code> <strong>c <code>d</code></strong></p>\n'],
  ['a **b\nc** d', '<p>a <strong>b\nc</strong> d</p>\n'],
  ['### Limits', '<h2>Limits</h2>\n'],
  ['- one\n  goes on\n- two', '<ul>\n<li>one\ngoes on</li>\n<li>two</li>\n</ul>\n'],
  ['1. one\n2. two', '<ol>\n<li>one</li>\n<li>two</li>\n</ol>\n'],
  ['2 ** 3 and a lone ` stay', '<p>2 ** 3 and a lone ` stay</p>\n'],
])('prose of %j', (text, html) => {
  expect(
    prose(text)
      .map((each) => each.text)
      .join(''),
  ).toBe(html);
});

test('a table of prose has a cell for each cell', () => {
  const [table] = prose('| code | when |\n| --- | --- |\n| 1000 | `done` |');
  expect(table!.text).toContain('<tr><th scope="col">code</th><th scope="col">when</th></tr>');
  expect(table!.text).toContain('<tr><td>1000</td><td><code>done</code></td></tr>');
});

describe('a schema', () => {
  test.each<[Schema, string]>([
    [{ type: 'string' }, 'string'],
    [{ type: ['string', 'null'] }, 'string or null'],
    [{ type: 'string', const: 'ping' }, '"ping"'],
    [{ enum: ['a', 1] }, '"a", 1'],
    [{ $ref: '#/components/schemas/Task' }, 'Task'],
    [{ type: 'string', allOf: [{ $ref: '#/components/schemas/Topic' }] }, 'Topic'],
    [{ anyOf: [{ $ref: '#/components/schemas/Task' }, { type: 'null' }] }, 'Task or null'],
    [{ type: 'array', items: { type: 'integer' } }, 'array of integer'],
    [{}, 'any value'],
  ])('%j reads as %s', (schema, words) => {
    expect(plain(typeOf(schema).text)).toBe(words);
  });

  it('shows the fields of an object with what bounds them', () => {
    const properties = {
      id: { type: 'string', description: 'Yours.', pattern: '^a$', maxLength: 64 },
      n: { type: 'integer', minimum: 1, default: 2 },
    };
    const text = plain(schemaView({ type: 'object', required: ['id'], properties }).text);
    expect(text).toMatch(/id string\nYours\.\nAt most 64 characters, like \^a\$\./);
    expect(text).toMatch(/n integer \(optional\)\nAt least 1, 2 when absent\./);
  });
});

const ref = (name: string) => ({ $ref: `#/components/${name}` });
const LIVE: LiveContract = {
  info: { title: 'Live', description: 'Frames <may> be lost.' },
  operations: {
    ask: {
      action: 'receive',
      summary: 'Ask',
      messages: [ref('messages/ask')],
      reply: { messages: [ref('messages/told')] },
    },
    push: { action: 'send', summary: 'Push', description: 'At once.', messages: [ref('messages/push')] },
  },
  components: {
    messages: Object.fromEntries(
      ['ask', 'told', 'push'].map((name) => [
        name,
        {
          title: name,
          summary: `The ${name}`,
          payload: ref(`schemas/${name}`),
          examples: [{ summary: 'One', payload: { name } }],
        },
      ]),
    ),
    schemas: {
      ask: { type: 'object', properties: { id: ref('schemas/Id') } },
      told: { type: 'object', properties: { id: ref('schemas/Id') } },
      push: { type: 'object', properties: { at: { type: 'string', format: 'date-time' } } },
      Id: { type: 'string', maxLength: 9 },
    },
  },
};

describe('the page of the live channel', () => {
  const html = livePage(LIVE);

  it('shows each message once, by who begins it', () => {
    const order = [...html.matchAll(/<h2>([^<]*)|<section id="([^"]*)"/g)].map(([, title, id]) => title ?? id);
    expect(order).toEqual([
      'What a client sends',
      'ask',
      'What the server answers',
      'told',
      'What the server sends by itself',
      'push',
      'Shapes',
      'schema-Id',
    ]);
  });

  it('shows fields, examples and answers, and escapes what it is given', () => {
    expect(html).toContain('Frames &lt;may&gt; be lost.');
    expect(html).toContain('<p>Answered by <a href="#told"><code>told</code></a>.</p>');
    expect(html).toContain('<dt><code>id</code> <a href="#schema-Id">Id</a>');
    expect(plain(html)).toContain('"name": "push"');
  });
});
