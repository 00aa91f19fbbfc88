import { serverMessages } from '@holdfast/api/response-validators';
import type { LiveError, ServerMessage, Subscriptions } from '@holdfast/api/types';
import type { Validator } from '@holdfast/api/validator';
import { describe, expect, it } from 'vitest';
import { LedgerUnavailable } from '../core/ports.ts';
import { LOCAL } from '../http/principal.ts';
import type { Knowledge, Standing, Turn } from './conversation.ts';
import { answerTo } from './conversation.ts';

const NOW_MS = Date.UTC(2026, 0, 1);
/** `mine` belongs to the tenant local, `foreign` to another one. */
const KNOWLEDGE: Knowledge = {
  nowMs: () => NOW_MS,
  hasType: (type) => type === 'simulate',
  existing: (tenant, taskIds) => {
    const owner: Readonly<Record<string, string>> = { mine: 'local', foreign: 'other' };
    return Promise.resolve(new Set(taskIds.filter((taskId) => owner[taskId] === tenant)));
  },
};
const standing = (...topics: string[]): Standing => ({ principal: LOCAL, topics: new Set(topics) });
const many = (count: number) => Array.from({ length: count }, (_, n) => `type:t${n}`);

async function say(message: unknown, at = standing(), knowledge = KNOWLEDGE): Promise<Turn> {
  const text = typeof message === 'string' ? message : JSON.stringify(message);
  const turn = await answerTo(Buffer.from(text), at, knowledge);
  const judge = (serverMessages as Readonly<Record<string, Validator<ServerMessage>>>)[turn.reply.kind]!;
  expect({ isValid: judge(turn.reply), errors: judge.errors ?? null }).toEqual({ isValid: true, errors: null });
  return turn;
}

const subscribe = (...topics: unknown[]) => ({ action: 'subscribe', id: 'a', topics });
const topicsIn = ({ reply }: Turn) => [...(reply as Subscriptions).topics].sort();

describe('a conversation', () => {
  it('answers a subscribe with all topics of the connection', async () => {
    const turn = await say(subscribe('tasks', 'type:simulate', 'task:mine', 'groups', 'stats'), standing('tasks'));
    expect(turn.reply).toMatchObject({ kind: 'subscriptions', replyTo: 'a' });
    expect(topicsIn(turn)).toEqual(['groups', 'stats', 'task:mine', 'tasks', 'type:simulate']);
    expect([...turn.topics!].sort()).toEqual(topicsIn(turn));
  });

  it('answers an unsubscribe with what is left, also of topics that nobody has', async () => {
    const turn = await say({ ...subscribe('tasks', 'task:gone'), action: 'unsubscribe' }, standing('tasks', 'stats'));
    expect(topicsIn(turn)).toEqual(['stats']);
  });

  it('answers a ping with its time', async () => {
    const { reply, topics } = await say({ action: 'ping', id: 'p-1' });
    expect(reply).toEqual({ kind: 'pong', replyTo: 'p-1', at: '2026-01-01T00:00:00.000Z' });
    expect(topics).toBeUndefined();
  });

  it('takes the 50th topic and refuses the 51st, in one message or in two', async () => {
    const knowledge = { ...KNOWLEDGE, hasType: () => true };
    const full = standing(...many(50));
    expect((await say(subscribe(...many(50)), standing(), knowledge)).reply.kind).toBe('subscriptions');
    expect((await say(subscribe(...many(50)), full, knowledge)).reply.kind).toBe('subscriptions');
    for (const [message, at] of [
      [subscribe('tasks'), full],
      [subscribe(...many(51)), standing()],
    ] as const) {
      expect((await say(message, at, knowledge)).reply).toMatchObject({ code: 'too-many-topics', replyTo: 'a' });
    }
  });

  it.each<[string, unknown, [LiveError['code'], string | null]]>([
    ['nothing', '', ['invalid-json', null]],
    ['half of a message', '{"action":"ping"', ['invalid-json', null]],
    ['a word', 'ping', ['invalid-json', null]],
    ['a key twice', '{"action":"ping","id":"1","id":"2"}', ['validation', null]],
    ['a forbidden key', '{"action":"ping","id":"1","__proto__":{}}', ['validation', null]],
    ['a number', 7, ['unknown-action', null]],
    ['null', 'null', ['unknown-action', null]],
    ['a list', [], ['unknown-action', null]],
    ['no action', { id: '1' }, ['unknown-action', '1']],
    ['an action of nobody', { action: 'publish', id: '1' }, ['unknown-action', '1']],
    ['an action that every object has', { action: 'toString', id: '1' }, ['unknown-action', '1']],
    ['no id', { action: 'ping' }, ['validation', null]],
    ['an id that is too long', { action: 'ping', id: 'x'.repeat(65) }, ['validation', null]],
    ['an unknown field', { action: 'ping', id: '1', tenant: 'other' }, ['validation', '1']],
    ['no topics', { action: 'subscribe', id: '1' }, ['validation', '1']],
    ['a topic of nobody', { ...subscribe('secrets'), id: '1' }, ['validation', '1']],
    ['a topic twice', { ...subscribe('tasks', 'tasks'), id: '1' }, ['validation', '1']],
    ['a type that does not exist', { ...subscribe('tasks', 'type:nope'), id: '1' }, ['not-found', '1']],
    ['a task that does not exist', { ...subscribe('task:mine', 'task:nope'), id: '1' }, ['not-found', '1']],
  ])('refuses %s, and changes nothing', async (_, message, [code, replyTo]) => {
    const { reply, topics } = await say(message);
    expect({ reply, topics }).toMatchObject({ reply: { kind: 'error', code, replyTo, retryable: false } });
    expect(topics).toBeUndefined();
  });

  it("tells of another tenant's task as of one that does not exist", async () => {
    const [foreign, unknown] = [await say(subscribe('task:foreign')), await say(subscribe('task:unknown'))];
    expect(foreign).toEqual(unknown);
  });

  it('repeats nothing of what it refuses', async () => {
    for (const canary of ['"CANARY', '{"action":"CANARY","id":"1"}', '{"action":"ping","id":"1","CANARY":1}']) {
      expect(JSON.stringify((await say(canary)).reply)).not.toContain('CANARY');
    }
  });

  it('lets nobody follow without the scope to read', async () => {
    const principal = { ...LOCAL, scopes: new Set(['tasks:submit'] as const) };
    const { reply } = await say(subscribe('tasks'), { principal, topics: new Set() });
    expect(reply).toMatchObject({ code: 'insufficient-scope', replyTo: 'a' });
  });

  it('tells of a fault as internal, and that it may pass', async () => {
    const existing = () => Promise.reject(new LedgerUnavailable());
    const turn = await say(subscribe('task:mine'), standing(), { ...KNOWLEDGE, existing });
    expect(turn.reply).toMatchObject({ kind: 'error', code: 'internal', replyTo: 'a', retryable: true });
    expect(turn.fault).toBeInstanceOf(LedgerUnavailable);
  });
});
