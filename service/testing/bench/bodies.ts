/** Bodies as clients send them, and as they should not: what the benchmark of the door reads. */
import { Seeded } from '../seeded.ts';

const seeded = new Seeded(7);

const list = <T>(count: number, make: (i: number) => T): T[] => Array.from({ length: count }, (_, i) => make(i));
const object = (count: number, field: (i: number) => [string, unknown]): unknown =>
  Object.fromEntries(list(count, field));
const nested = (levels: number, inner: unknown): unknown => (levels === 0 ? inner : { a: nested(levels - 1, inner) });

/** About 300 bytes. */
const submit = (i: number) => ({ taskId: `task-${i}`, type: 'simulate', payload: { data: 'x'.repeat(230) } });
const order = (i: number) => ({
  taskId: `order-${i}`,
  payload: {
    customer: { id: i, name: 'Ann Müller', address: ['Main St 4', 'Springfield'], vip: false },
    lines: list(3, (n) => ({ sku: `A-${n}`, count: n, price: 19.99, note: null })),
  },
  tags: ['eu', 'express'],
});
const TEXT = 'A line of text, "quoted",\nwith umlauts äöü. ';

const VALUES: Readonly<Record<string, unknown>> = {
  'small object': { taskId: 'task124', payload: { data: 'test data' } },
  'submit of 300 bytes': submit(1),
  'order of 400 bytes': order(1),
  'batch of 100 submits': { tasks: list(100, submit) },
  'batch of 1 MB': { tasks: list(100, (i) => ({ taskId: `big-${i}`, payload: { data: TEXT.repeat(200) } })) },
  'batch of 1 MB, small fields': { tasks: list(100, (i) => ({ taskId: `big-${i}`, payload: list(25, order) })) },
  'string of 250 KB': { payload: { data: 'x'.repeat(250_000) } },
  'string of 250 KB, escapes': { payload: { data: TEXT.repeat(5_000) } },
  'deep objects': list(200, () => nested(28, 1)),
  'deep arrays': JSON.parse(`[${list(200, () => '['.repeat(28) + ']'.repeat(28)).join()}]`) as unknown,
  'many short keys': list(200, () => object(50, (n) => [`k${n}`, n])),
  'one object of many keys': object(20_000, (n) => [`key${n}`, true]),
  'small integers': list(50_000, (i) => i % 1_000),
  prices: list(30_000, () => seeded.between(0, 100_000) / 100),
  'floats of 16 and 17 digits': list(12_000, () => seeded.uniform() * seeded.uniform()),
  'large integers': list(15_000, () => seeded.between(1e15, 9e15)),
  'moments and ids': list(2_000, (i) => ({
    id: `0193a${i}-7b1c-7000-8000-00805f9b34fb`,
    at: '2026-11-21T04:26:56.074Z',
  })),
  'empty values': list(30_000, (i) => [{}, [], '', null, true][i % 5]),
};

/** As Python's json.dumps writes it by default. */
const spaced = (value: unknown): string =>
  JSON.stringify(value, null, 1)
    .replace(/,\n\s*/g, ', ')
    .replace(/\n\s*/g, '');

/** Of numbers that are no cheap case, also such as are refused. */
const HOSTILE = ['1e300', '5e-324', '1.7976931348623157e308', '1e400', '9007199254740993'].map(
  (number) => [`nothing but ${number}`, `[${list(20_000, () => number).join()}]`] as const,
);

/** By name: compact as JSON.stringify writes, and spaced as others do. */
export const BODIES: readonly (readonly [string, string])[] = [
  ...Object.entries(VALUES).map(([name, value]) => [name, JSON.stringify(value)] as const),
  ...[
    'submit of 300 bytes',
    'order of 400 bytes',
    'batch of 100 submits',
    'many short keys',
    'floats of 16 and 17 digits',
  ].map((name) => [`${name}, spaced`, spaced(VALUES[name])] as const),
  ...HOSTILE,
];

/** Tasks as the contract takes them. */
export const SUBMITS: readonly (readonly [string, unknown])[] = [
  ['small object', VALUES['small object']],
  ['submit of 300 bytes', submit(1)],
  ['300 bytes, tags', { ...submit(1), tags: ['eu', 'express'] }],
  ['300 bytes, tags and runAt', { ...submit(1), tags: ['eu', 'express'], runAt: '2026-11-21T04:26:56.074Z' }],
];
