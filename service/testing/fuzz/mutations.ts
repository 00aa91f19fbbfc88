/** What a clumsy or hostile client does to a request that was right. Each says whether the request is wrong for sure. */
import type { Seeded } from '../seeded.ts';
import type { Draft } from './planned.ts';
import type { Values } from './values.ts';

export interface Making {
  readonly random: Seeded;
  readonly values: Values;
}

export interface Mutation {
  readonly name: string;
  readonly fits?: (draft: Draft) => boolean;
  readonly mutate: (draft: Draft, making: Making) => void;
}

type Body = Record<string, unknown>;

const hasBody = ({ body }: Draft): boolean => typeof body === 'object' && body !== null;
/** Each task of a batch is judged alone, so a fault inside one refuses nothing. */
const isBatch = ({ operationId }: Draft): boolean => operationId === 'submitTasks';
const hasSingleBody = (draft: Draft): boolean => hasBody(draft) && !isBatch(draft);

const textOf = ({ body }: Draft): string => JSON.stringify(body);
const refused = (draft: Draft): void => void (draft.expected = 'refused');
const either = (draft: Draft): void => void (draft.expected = 'either');

/** A mutation of the body's bytes that leaves no JSON of the contract. */
const bytes = (name: string, make: (text: string, making: Making) => Buffer): Mutation => ({
  name,
  fits: hasBody,
  mutate: (draft, making) => {
    draft.bytes = make(textOf(draft), making);
    refused(draft);
  },
});

const field = (name: string, make: (body: Body, making: Making) => void): Mutation => ({
  name,
  fits: hasSingleBody,
  mutate: (draft, making) => {
    make(draft.body as Body, making);
    refused(draft);
  },
});

const header = (name: string, make: (draft: Draft, making: Making) => void): Mutation => ({
  name: `header: ${name}`,
  mutate: make,
});

const nested = (levels: number): string => `${'['.repeat(levels)}${']'.repeat(levels)}`;
/** Between the first brace and what follows. */
const withFirst = (text: string, member: string): Buffer => {
  const rest = text.slice(1);
  return Buffer.from(`{${member}${rest === '}' ? '' : ','}${rest}`);
};

const BYTES: readonly Mutation[] = [
  bytes('empty body', () => Buffer.from(' ')),
  bytes('cut body', (text, { random }) => Buffer.from(text.slice(0, random.between(1, text.length - 1)))),
  bytes('more after the body', (text, { random }) => Buffer.from(text + random.pick([' x', ',', '{}', '\u0000']))),
  bytes('comment', (text) => Buffer.from(`/* x */ ${text}`)),
  bytes('no UTF-8', (text) => Buffer.concat([Buffer.from(text.slice(0, -1)), Buffer.from([0xc3, 0x28, 0x7d])])),
  bytes('UTF-16', (text) => Buffer.from(`\ufeff${text}`, 'utf16le')),
  bytes('no object', (_, { random, values }) =>
    Buffer.from(random.pick(['null', '[]', '1', 'true', JSON.stringify(values.text())])),
  ),
  bytes('a key twice', (text, { values }) => {
    const member = `${JSON.stringify(values.text())}:1`;
    return withFirst(text, `${member},${member}`);
  }),
  bytes('too deep', (text) => withFirst(text, `"x":${nested(200)}`)),
  bytes('very deep', (text) => withFirst(text, `"x":${nested(1_500)}`)),
  bytes('__proto__', (text) => withFirst(text, '"__proto__":{"x":1}')),
  bytes('half a character', (text) => withFirst(text, String.raw`"x":"\ud800"`)),
  bytes('a number that changes', (text, { random }) =>
    withFirst(text, `"x":${random.pick(['9007199254740993', '1e400', '0.1234567890123456789'])}`),
  ),
  bytes('no number', (text, { random }) =>
    withFirst(text, `"x":${random.pick(['NaN', '01', '+1', '.5', '1.', '0x1'])}`),
  ),
  {
    name: 'a byte flipped',
    fits: hasBody,
    mutate: (draft, { random }) => {
      const flipped = Buffer.from(textOf(draft));
      flipped[random.between(0, flipped.length - 1)]! ^= 1 << random.between(0, 7);
      draft.bytes = flipped;
      either(draft);
    },
  },
  {
    name: 'far too large',
    fits: hasBody,
    mutate: (draft, { random }) => {
      const size = isBatch(draft) ? 1_100_000 : random.pick([4_097, 280_000, 300_000]);
      draft.bytes = withFirst(textOf(draft), `"x":"${'x'.repeat(size)}"`);
      refused(draft);
    },
  },
];

const FIELDS: readonly Mutation[] = [
  field('unknown field', (body, { values }) => (body[values.text()] = values.text())),
  field('a field of the server', (body, { random }) => (body[random.pick(['status', 'tenant', 'fence', 'owner'])] = 1)),
  field('a field of another type', (body, { random, values }) => {
    const name = random.pick(['payload', 'reason', 'taskId', 'type', 'tags', 'delaySeconds', 'runAt']);
    const wrong = name === 'payload' || name === 'reason' || name === 'tags' ? 5 : { [values.text()]: values.text() };
    body[name] = random.pick([wrong, null]);
  }),
  {
    name: 'wild payload',
    fits: ({ operationId }) => operationId === 'submitTask' || operationId === 'redriveTask',
    mutate: (draft, { values }) => {
      draft.body = { ...(draft.body as Body | undefined), payload: { [values.text()]: values.anything() } };
      either(draft);
    },
  },
  {
    name: 'wild field',
    fits: hasBody,
    mutate: (draft, { random, values }) => {
      const body = draft.body as Body;
      body[random.pick([...Object.keys(body), 'tags', 'taskId', 'tasks'])] = values.anything();
      either(draft);
    },
  },
  {
    name: 'wild task in a batch',
    fits: isBatch,
    mutate: (draft, { random, values }) => {
      const { tasks } = draft.body as { tasks: unknown[] };
      for (let i = 0; i < tasks.length; i += random.between(1, 5)) {
        tasks[i] = random.pick([values.anything(), { taskId: values.text(), payload: values.anything() }]);
      }
      either(draft);
    },
  },
];

const HEADERS: readonly Mutation[] = [
  {
    name: 'header: another media type',
    fits: hasBody,
    mutate: (draft, { random }) => {
      const types = ['text/plain', '', 'application/jsonp', 'application/xml', 'multipart/form-data; boundary=x'];
      draft.headers['Content-Type'] = random.pick(types);
      refused(draft);
    },
  },
  {
    name: 'header: Content-Encoding',
    fits: hasBody,
    mutate: (draft, { random }) => {
      draft.headers['Content-Encoding'] = random.pick(['gzip', 'br', 'x']);
      refused(draft);
    },
  },
  header('foreign Host', (draft, { random, values }) => {
    draft.headers['Host'] = random.pick([`${values.text()}.example`, '10.0.0.1', 'localhost.evil', 'user@localhost']);
    refused(draft);
  }),
  header('foreign Origin', (draft, { random, values }) => {
    draft.headers['Origin'] = random.pick([`https://${values.text()}.example`, 'null', 'http://localhost:1']);
    refused(draft);
  }),
  header('wild If-Match', (draft, { random, values }) => {
    draft.headers['If-Match'] = random.pick(['W/"1"', '"1", "2"', values.text(), '""', '"999999999999999999"', '1']);
    either(draft);
  }),
  header('wild Idempotency-Key', (draft, { random, values }) => {
    draft.headers['Idempotency-Key'] = random.pick(['', 'k'.repeat(256), `${values.text()}\u00e9`, values.text()]);
    either(draft);
  }),
  header('wild X-Request-Id', (draft, { random, values }) => {
    draft.headers['X-Request-Id'] = random.pick(['', 'a b', `<${values.text()}>`, 'x'.repeat(65), '../../etc']);
  }),
  header('wild traceparent', (draft, { random, values }) => {
    draft.headers['traceparent'] = random.pick([
      values.text(),
      `00-${'0'.repeat(32)}-${'1'.repeat(16)}-01`,
      '00-',
      'ff',
    ]);
  }),
  header('many', (draft, { values }) => {
    for (let i = 0; i < 60; i += 1) draft.headers[`X-${i}-${values.marker}`] = values.text();
  }),
  header('twice', (draft, { random, values }) => {
    draft.headers[random.pick(['If-Match', 'Idempotency-Key', 'Origin', 'traceparent'])] = [
      values.text(),
      values.text(),
    ];
    either(draft);
  }),
  header('very large', (draft) => {
    draft.headers['X-Large'] = 'x'.repeat(20_000);
    either(draft);
  }),
];

export const MUTATIONS: readonly Mutation[] = [...BYTES, ...FIELDS, ...HEADERS];
