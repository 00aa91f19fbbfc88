import type { ServerMessage } from '@holdfast/api/types';
import { describe, expect, it } from 'vitest';
import { LedgerUnavailable } from '../core/ports.ts';
import { GivenConnections } from '../testing/given-connections.ts';
import { keyOf } from '../testing/given-identity.ts';

const ANNA = keyOf('acme', 'key:anna');
const disconnected = (id: string) =>
  ({ requestContext: { connectionId: id } }) as Parameters<GivenConnections['disconnect']>[0];
const subscribe = (...topics: string[]) => ({ action: 'subscribe', id: '1', topics });

async function given(replaced: ConstructorParameters<typeof GivenConnections>[1] = {}) {
  const house = new GivenConnections([ANNA], replaced);
  const { id, viewer } = await house.open(ANNA);
  const ask = async (message: unknown): Promise<ServerMessage> => {
    await house.say(id, message);
    return viewer.messages.at(-1)!;
  };
  return { house, id, viewer, ask };
}

describe('a conversation on AWS', () => {
  it('is silent after the handshake; the welcome comes once, before the first reply', async () => {
    const { house, viewer, ask } = await given();
    expect(viewer.messages).toEqual([]);
    const { nowMs } = house.simulated.time;
    await ask({ action: 'ping', id: '1' });
    expect(await ask({ action: 'ping', id: '2' })).toMatchObject({ kind: 'pong', replyTo: '2' });
    expect(viewer.kinds).toEqual(['welcome', 'pong', 'pong']);
    expect(viewer.messages[0]).toMatchObject({
      ...{ pingEverySeconds: 240, limits: { topics: 50, frameBytes: 32_768 } },
      closesAt: new Date(nowMs + 110 * 60_000).toISOString(),
    });
  });

  it('adds topics and takes them away, all or none', async () => {
    const { house, ask } = await given();
    expect(await ask(subscribe('tasks', 'type:simulate'))).toMatchObject({ topics: ['tasks', 'type:simulate'] });
    expect(await ask(subscribe('tasks', 'type:nothing'))).toMatchObject({ kind: 'error', code: 'not-found' });
    expect(await ask({ action: 'unsubscribe', id: '1', topics: ['tasks', 'stats'] })).toMatchObject({
      topics: ['type:simulate'],
    });
    expect([...(await house.connections.followersOf('acme')).values()]).toEqual([new Set(['type:simulate'])]);
  });

  it.each([
    ['{', 'invalid-json'],
    ['{"action":"subscribe","action":"ping","id":"1"}', 'validation'],
    [{ action: 'dance', id: '1' }, 'unknown-action'],
    [subscribe('nonsense'), 'validation'],
    [subscribe('task:absent'), 'not-found'],
    [subscribe(...Array.from({ length: 51 }, (_, n) => `task:t${n}`)), 'too-many-topics'],
  ])('refuses %j, and nothing is different', async (message, code) => {
    const { house, ask } = await given();
    expect(await ask(message)).toMatchObject({ kind: 'error', code });
    expect(await house.connections.followersOf('acme')).toEqual(new Map());
  });

  it('needs tasks:read to follow', async () => {
    const blind = keyOf('acme', 'key:blind', { scopes: new Set() });
    const house = new GivenConnections([blind]);
    const { viewer } = await house.open(blind, 'tasks');
    expect(viewer.messages.at(-1)).toMatchObject({ code: 'insufficient-scope' });
  });

  it('follows all topics of messages that are taken at once, whichever is faster', async () => {
    const { house, id, viewer } = await given();
    const topics = ['tasks', 'stats', 'groups', 'type:simulate', 'type:http-request'];
    await Promise.all(topics.map((topic, n) => house.say(id, { action: 'subscribe', id: String(n), topics: [topic] })));
    const [followed] = [...(await house.connections.followersOf('acme')).values()];
    expect(followed).toEqual(new Set(topics));
    const replies = viewer.messages.flatMap((each) => (each.kind === 'subscriptions' ? each.topics.length : []));
    expect(Math.max(...replies)).toBe(5);
    expect(viewer.kinds.filter((kind) => kind === 'welcome')).toHaveLength(1);
  });

  it('lets one identity follow 1 000 topics over all its connections', async () => {
    const { house } = await given();
    house.simulated.house.desk.ports.ledger.get = (keys) =>
      Promise.resolve(keys.map((key) => ({ ...key, unreadable: 'newer schema' })));
    const fifty = Array.from({ length: 50 }, (_, n) => `task:t${n}`);
    for (let n = 0; n < 20; n += 1) await house.open(ANNA, ...fifty);
    const { viewer } = await house.open(ANNA, 'tasks');
    expect(viewer.messages.at(-1)).toMatchObject({ kind: 'error', replyTo: 'open', code: 'too-many-topics' });
  });

  it.each([
    ['a binary frame', ['AAAA', true]],
    ['a message of more than 32 768 bytes', [JSON.stringify({ action: 'ping', id: 'x'.repeat(32_768) }), false]],
  ] as const)('ends with %s', async (_, [body, isBinary]) => {
    const { house, id, viewer } = await given();
    await house.say(id, body, isBinary);
    expect([viewer.isClosed, viewer.messages]).toEqual([true, []]);
  });

  it('ends for a connection that nobody knows, and for an identity that has expired', async () => {
    const short = keyOf('acme', 'key:short', { expiresAtMs: Date.UTC(2100, 0, 1) });
    const house = new GivenConnections([short]);
    const { id, viewer } = await house.open(short);
    await house.pass(Date.UTC(2100, 0, 1) - house.simulated.time.nowMs);
    await house.say(id, { action: 'ping', id: '1' });
    expect(viewer.isClosed).toBe(true);
    await expect(house.say('unknown=', { action: 'ping', id: '1' })).resolves.toEqual({ statusCode: 200 });
  });

  it('tells of a fault as internal, and logs it under the request', async () => {
    const { house, ask } = await given();
    house.simulated.house.desk.ports.ledger.get = () => Promise.reject(new LedgerUnavailable('away'));
    expect(await ask(subscribe('task:one'))).toMatchObject({ code: 'internal', retryable: true });
    expect(house.simulated.log.at(-1)).toMatchObject({ event: 'request-failed', fields: { requestId: 'request-1' } });
  });

  it('says so itself when it cannot even find out who asks', async () => {
    const { house, ask } = await given();
    Object.assign(house.ports.keyValue, { get: () => Promise.reject(new LedgerUnavailable('away')) });
    expect(await ask({ action: 'ping', id: '1' })).toMatchObject({ kind: 'error', code: 'internal', replyTo: null });
  });

  it('leaves nothing behind, however often its end is told', async () => {
    const { house, id, ask } = await given();
    await ask(subscribe('tasks', 'stats'));
    expect(house.entries).not.toEqual([]);
    await house.disconnect(disconnected(id));
    await house.disconnect(disconnected(id));
    expect(house.entries).toEqual([]);
  });

  it('that ended unseen is forgotten after 3 h', async () => {
    const { house, ask } = await given();
    await ask(subscribe('tasks'));
    await house.pass(180 * 60_000);
    expect(house.entries).toEqual([]);
  });
});
