// What one tenant follows tells nothing of another one: no topic, no frame, no ticket. [S14]
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { LiveTicket, ServerMessage } from '@holdfast/api/types';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import type { GivenLive } from '../testing/given-live.ts';
import { answerToHandshake, givenLive } from '../testing/given-live.ts';
import { LiveClient } from '../testing/live-client.ts';
import type { Tenant } from '../testing/two-tenants.ts';
import { twoIdentities } from '../testing/two-tenants.ts';

/** By the kinds of topics that the contract has. */
const TOPICS: Readonly<Record<string, string>> = {
  tasks: 'tasks',
  groups: 'groups',
  stats: 'stats',
  task: 'task:same',
  type: 'type:simulate',
};

let given: GivenLive;
beforeEach(async () => {
  given = await givenLive({ house: { identity: twoIdentities } });
});
afterEach(() => given.close(0));

const post = (tenant: Tenant, path: string, body?: object) =>
  fetch(`${given.url}${path}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${tenant}`, ...(body && { 'content-type': 'application/json' }) },
    body: body ? JSON.stringify(body) : null,
  });

const submit = (tenant: Tenant, ...taskIds: string[]) =>
  Promise.all(taskIds.map((taskId) => post(tenant, '/tasks', { taskId, payload: {} })));

const ticketOf = async (tenant: Tenant) => (await (await post(tenant, '/live-tickets')).json()) as LiveTicket;

async function viewer(tenant: Tenant, ...topics: string[]): Promise<LiveClient> {
  const { protocols } = await ticketOf(tenant);
  const client = new LiveClient(new WebSocket(`${given.url.replace('http', 'ws')}/live`, protocols));
  await once(client.socket, 'open');
  if (topics.length > 0) expect(await client.subscribe(...topics)).toMatchObject({ kind: 'subscriptions', topics });
  return client;
}

/** Beside the answers to its own messages. */
const toldTo = ({ messages }: LiveClient): ServerMessage[] =>
  messages.filter(({ kind }) => kind === 'tasks' || kind === 'resync');

/** Windows pass, and whatever they sent has arrived: the answers that come after it show it. */
async function settled(...clients: LiveClient[]): Promise<void> {
  for (let windows = 0; windows < 30; windows += 1) await given.pass(100);
  for (const client of clients) await client.ask('ping');
}

describe('of the topics', () => {
  it('there is a row for every kind that the contract has', () => {
    const text = readFileSync(fileURLToPath(import.meta.resolve('@holdfast/api/asyncapi.json')), 'utf8');
    const { components } = JSON.parse(text) as { components: { schemas: { Topic: { pattern: string } } } };
    const kinds = components.schemas.Topic.pattern.slice(2, -2).split('|');
    expect(Object.keys(TOPICS)).toEqual(expect.arrayContaining(kinds.map((kind) => kind.split(':')[0])));
  });

  it.each(Object.values(TOPICS))('%s tells a tenant nothing of another, under the same id and type', async (topic) => {
    await submit('a', 'same');
    await submit('b', 'same');
    const [own, other] = [await viewer('a', topic), await viewer('b', topic)];
    await settled(own, other);
    const before = toldTo(own).length;
    given.tell([{ move: 'claim', task: { ...given.store.items.get('b/same')!, version: 2, status: 'running' } }]);
    await submit('b', 'another');
    await settled(own, other);
    if (topic !== 'groups') expect(toldTo(other)).not.toEqual([]);
    expect(toldTo(own)).toHaveLength(before);
  });
});

it('a topic of a task of another tenant is refused as one of no task, in the same words', async () => {
  await submit('b', 'same');
  const client = await viewer('a');
  const [foreign, unknown] = [await client.subscribe('task:same'), await client.subscribe('task:none')];
  expect(foreign).toMatchObject({ kind: 'error', code: 'not-found' });
  expect({ ...foreign, replyTo: '' }).toEqual({ ...unknown, replyTo: '' });
});

it("a flood of another tenant's changes makes nobody else read again", async () => {
  await submit('b', 'same');
  const [own, other] = [await viewer('a', 'tasks', 'stats'), await viewer('b', 'tasks')];
  const task = given.store.items.get('b/same')!;
  given.tell(Array.from({ length: 3_000 }, (_, n) => ({ move: 'claim', task: { ...task, taskId: `flood-${n}` } })));
  await settled(own, other);
  expect(toldTo(other)).toMatchObject([{ kind: 'resync', reason: 'overload' }]);
  expect(toldTo(own)).toEqual([]);
});

describe('a ticket', () => {
  const answerFor = async (ticket: string) => {
    const answer = await answerToHandshake(given.url, { ticket, headers: { 'X-Request-Id': 'same' } });
    return answer.replace(/date: .*/i, '');
  };

  it('is of whoever asked for it: renamed, it is one that nobody gave', async () => {
    const { ticket } = await ticketOf('a');
    const unknown = await answerFor(`b_${'x'.repeat(ticket.length - 2)}`);
    const renamed = await answerFor(ticket.replace('a_', 'b_'));
    expect(unknown).toContain('"code":"unauthenticated"');
    expect(renamed).toBe(unknown);
    const nameless = await answerFor(ticket.replace('a_', '__'));
    expect(nameless).toBe(unknown);
  });

  it('lies among the entries of its tenant, and says nowhere else whose it is', async () => {
    const { ticket } = await ticketOf('a');
    const [entry] = given.store.listEntries('tenant/a/live-ticket/', 2);
    expect(entry?.key).not.toContain(ticket);
    expect(entry?.stored.value).not.toHaveProperty('tenant');
    expect(given.store.listEntries('', 10).every(({ key }) => /^(tenant\/a|installation)\//.test(key))).toBe(true);
  });
});
