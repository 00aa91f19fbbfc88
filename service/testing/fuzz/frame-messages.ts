/** Messages of the live channel as text, right and wrong, each with the reply that the contract owes it. */
import type { LiveErrorCode } from '@holdfast/api/types';
import type { Seeded } from '../seeded.ts';
import type { Contract } from './contract.ts';
import type { Values } from './values.ts';

export type Reply =
  | { readonly kind: 'pong'; readonly replyTo: string }
  | { readonly kind: 'subscriptions'; readonly replyTo: string; readonly topics: readonly string[] }
  | { readonly kind: 'error'; readonly replyTo: string | null; readonly code: LiveErrorCode };

export interface Said {
  readonly name: string;
  readonly text: string;
  readonly reply: Reply;
}

/** Whose connection it is, and what stands in the ledger of its tenant and of the other one. */
export interface Speaker {
  readonly random: Seeded;
  readonly contract: Contract;
  readonly values: Values;
  readonly own: readonly string[];
  readonly foreign: readonly string[];
  /** Followed now, as the server must see it. */
  topics: ReadonlySet<string>;
}

interface Message {
  readonly action: string;
  readonly id: string;
  readonly topics?: readonly string[];
}

const MOST_TOPICS = 50;
const FRAME_BYTES = 32_768;
const TYPES = ['simulate', 'http-request'];
const BROAD = ['tasks', 'groups', 'stats', ...TYPES.map((type) => `type:${type}`)];

const error = (code: LiveErrorCode, replyTo: string | null): Reply => ({ kind: 'error', replyTo, code });

/** What keeps the rules of the contract, or breaks those that a schema cannot say. */
export function rightMessage(speaker: Speaker): Said {
  const { random } = speaker;
  const message = random.pick([ping, known, known, anySubscribe, oneTooFar, leaving, leaving])(speaker);
  const reply = replyTo(message, speaker);
  if (reply.kind === 'subscriptions') speaker.topics = new Set(reply.topics);
  return { name: message.action, text: written(message, random), reply };
}

const idOf = ({ values, contract }: Speaker): string => values.valid(contract.schema('MessageId')) as string;

const someOf = (random: Seeded, from: readonly string[], most: number): string[] => [
  ...new Set(Array.from({ length: random.between(1, most) }, () => random.pick(from))),
];

const ping = (speaker: Speaker): Message => ({ action: 'ping', id: idOf(speaker) });

function known(speaker: Speaker): Message {
  const { random, own } = speaker;
  const topics = random.chance(0.5)
    ? someOf(random, BROAD, 3)
    : someOf(
        random,
        own.map((id) => `task:${id}`),
        30,
      );
  return { action: 'subscribe', id: idOf(speaker), topics };
}

/** Topics as the contract spells them, few of which there are. */
const anyTopics = ({ random, values, contract }: Speaker): string[] => [
  ...new Set(
    Array.from({ length: random.pick([1, 2, 5, 50]) }, () => values.valid(contract.schema('Topic')) as string),
  ),
];

const anySubscribe = (speaker: Speaker): Message => ({
  action: 'subscribe',
  id: idOf(speaker),
  topics: anyTopics(speaker),
});

/** A task of another tenant, or of nobody, among those that are right. */
function oneTooFar(speaker: Speaker): Message {
  const { random, foreign } = speaker;
  const wrong = random.pick([`task:${random.pick(foreign)}`, 'task:of-nobody', 'type:of-nobody']);
  return { action: 'subscribe', id: idOf(speaker), topics: [...someOf(random, BROAD, 2), wrong] };
}

function leaving(speaker: Speaker): Message {
  const { random, topics } = speaker;
  if (topics.size === 0 || random.chance(0.2)) return { ...anySubscribe(speaker), action: 'unsubscribe' };
  return { action: 'unsubscribe', id: idOf(speaker), topics: someOf(random, [...topics], 40) };
}

/** The rules, written down a second time. */
function replyTo({ action, id, topics = [] }: Message, { own, topics: before }: Speaker): Reply {
  if (action === 'ping') return { kind: 'pong', replyTo: id };
  if (action === 'unsubscribe') {
    return { kind: 'subscriptions', replyTo: id, topics: [...before].filter((topic) => !topics.includes(topic)) };
  }
  const all = new Set([...before, ...topics]);
  if (all.size > MOST_TOPICS) return error('too-many-topics', id);
  const exists = (topic: string): boolean => BROAD.includes(topic) || own.some((taskId) => topic === `task:${taskId}`);
  if (![...all].every((topic) => before.has(topic) || exists(topic))) return error('not-found', id);
  return { kind: 'subscriptions', replyTo: id, topics: [...all] };
}

/** The same message in other bytes. */
function written(message: Message, random: Seeded): string {
  const text = JSON.stringify(message);
  const backwards = JSON.stringify(Object.fromEntries(Object.entries(message).reverse()));
  return random.pick([
    () => text,
    () => text,
    () => backwards,
    () => JSON.stringify(message, null, '\t'),
    () => text.padEnd(random.pick([200, 20_000, FRAME_BYTES])),
    () => text.replace('"action"', String.raw`"\u0061ction"`),
  ])();
}

/** By name: what makes a right message wrong. */
const WRONG: Readonly<Record<string, (message: Message, random: Seeded) => Omit<Said, 'name'>>> = {
  'cut off': (message, random) => {
    const text = JSON.stringify(message);
    return { text: text.slice(0, random.between(1, text.length - 1)), reply: error('invalid-json', null) };
  },
  'no JSON': (_, random) => ({
    text: random.pick([
      '',
      ' ',
      'ping',
      '{',
      ']',
      'NaN',
      '{"a":NaN}',
      "{'a':1}",
      '{"a":1,}',
      '{}x',
      'ticket.aaaa',
      '01',
    ]),
    reply: error('invalid-json', null),
  }),
  'no object': (message, random) => ({
    text: random.pick(['null', '[]', '1', 'true', '"ping"', '{}', JSON.stringify([message])]),
    reply: error('unknown-action', null),
  }),
  'another action': (message, random) => {
    const action = random.pick(['', 'publish', 'toString', '__proto__', 'Ping', 'ping ', 5, null, [], {}]);
    return { text: JSON.stringify({ ...message, action }), reply: error('unknown-action', message.id) };
  },
  'no action': ({ id }) => ({ text: JSON.stringify({ id }), reply: error('unknown-action', id) }),
  'another id': (message, random) => {
    const id = random.pick([5, null, {}, [], '', 'a b', 'ü', 'x'.repeat(65), 'x'.repeat(20_000), undefined]);
    return { text: JSON.stringify({ ...message, id }), reply: error('validation', null) };
  },
  'a field more': (message, random) => {
    const name = random.pick(['tenant', 'scopes', 'ticket', 'token', 'Authorization', '', 'kind']);
    return { text: JSON.stringify({ ...message, [name]: 'beta' }), reply: error('validation', message.id) };
  },
  'topics that are none': ({ id }, random) => {
    const action = random.pick(['subscribe', 'unsubscribe']);
    const topic = random.pick([
      'secrets',
      'task:',
      'task:a b',
      'type:UPPER',
      'TASKS',
      'task:../x',
      '',
      5,
      null,
      ['tasks'],
      `task:${'x'.repeat(65)}`,
    ]);
    const topics = random.pick([[topic], ['tasks', topic], ['tasks', 'tasks'], [], 'tasks', null, {}, undefined]);
    return { text: JSON.stringify({ action, id, topics }), reply: error('validation', id) };
  },
  'topics beyond the limit': ({ id }, random) => {
    const topics = Array.from({ length: random.between(51, 300) }, (_, n) => `type:t${n}`);
    const action = random.pick(['subscribe', 'unsubscribe']);
    return { text: JSON.stringify({ action, id, topics }), reply: error('too-many-topics', id) };
  },
  'a key twice': (message) => beginning(message, '"id":"twice"'),
  'a forbidden key': (message, random) => beginning(message, random.pick(['"__proto__":{}', '"x":{"__proto__":1}'])),
  'too deep': (message, random) => {
    const depth = random.between(40, 10_000);
    return beginning(message, `"x":${'['.repeat(depth)}${']'.repeat(depth)}`);
  },
  'bytes of another encoding': (message, random) => ({
    text: random.pick(['\u0000', `\u0000${JSON.stringify(message)}`]),
    reply: error('validation', null),
  }),
  'half a character': (message) => beginning(message, String.raw`"x":"\ud800"`),
  'a number that changes': (message, random) =>
    beginning(message, `"x":${random.pick(['9007199254740993', '1e400', '0.1000000000000000055'])}`),
};

/** Found before its id was read. */
const beginning = (message: Message, field: string): Omit<Said, 'name'> => ({
  text: `{${field},${JSON.stringify(message).slice(1)}`,
  reply: error('validation', null),
});

/** Changes nothing, and the connection stays. */
export function wrongMessage(speaker: Speaker): Said {
  const { random } = speaker;
  const name = random.pick(Object.keys(WRONG));
  const message = random.pick([ping, known])(speaker);
  return { name, ...WRONG[name]!(message, random) };
}
