/**
 * Lists, in pages or by the SDK: whatever fits all the while is shown once, and nothing that cannot fit; newest first. A reading
 * that other commands come between still shows what was there at its beginning.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import fc from 'fast-check';
import type { Task, TaskPage } from '@holdfast/api/types';
import { TAGS } from './choices.ts';
import type { Client } from './client.ts';
import type { ClientCommand } from './command.ts';
import { command } from './command.ts';
import { TYPES } from './errands.ts';
import type { KnownTasks, Reading } from './known-tasks.ts';
import type { State } from './state.ts';
import { meanwhile } from './task-model.ts';
import { statusOf } from './views.ts';

export interface Filter {
  readonly status?: Task['status'];
  readonly type?: string;
  readonly tag?: string;
}

function fits(state: State, { status, type, tag }: Filter): boolean {
  if (type !== undefined && state.request.type !== type) return false;
  if (tag !== undefined && !state.request.tags?.includes(tag)) return false;
  // The inbox: announced and not discarded.
  if (status === 'dead') return state.phase === 'dead' && !state.discarded;
  return status === undefined || statusOf(state) === status;
}

const queryOf = (filter: Filter): string => new URLSearchParams({ ...filter }).toString();

async function pageOf(client: Client, query: string): Promise<TaskPage & { readonly link: string | undefined }> {
  const { status, body, headers } = await client.ask(`GET /tasks?${query}`);
  if (status !== 200) throw new Error(`${query} was answered ${status} ${JSON.stringify(body)}`);
  const page = body as TaskPage;
  const link = /<\/tasks\?(.+)>; rel="next"/.exec(headers.get('link') ?? '')?.[1];
  if ((link === undefined) !== (page.nextCursor === null))
    throw new Error(`${query} has Link ${link} beside its cursor`);
  return { ...page, link };
}

/** All pages, one by one. */
async function listed(client: Client, filter: Filter, limit: number): Promise<Task[]> {
  const tasks: Task[] = [];
  for (let query: string | undefined = `${queryOf(filter)}&limit=${limit}`; query !== undefined;) {
    const { items, link }: Awaited<ReturnType<typeof pageOf>> = await pageOf(client, query.replace(/^&/, ''));
    if (items.length > limit) throw new Error(`a page of ${limit} holds ${items.length}`);
    tasks.push(...items);
    query = link;
  }
  return tasks;
}

async function listedBySdk(client: Client, filter: Filter): Promise<Task[]> {
  const tasks: Task[] = [];
  for await (const task of client.holdfast.list(filter)) tasks.push(task);
  return tasks;
}

/** What an index that is late is allowed, for a while. */
class NotShown extends Error {}

const SHOWN_WITHIN_MS = 90_000;
const LOOK_AGAIN_MS = 100;

/** Nothing is learnt from a list that does not show all, so it can be looked at again. */
async function patiently(client: Client, look: () => Promise<void>): Promise<void> {
  const endMs = client.access.isCloud ? performance.now() + SHOWN_WITHIN_MS : 0;
  for (;;) {
    try {
      await look();
      return;
    } catch (error) {
      if (!(error instanceof NotShown) || performance.now() > endMs) throw error;
      client.count('list not yet whole');
      await sleep(LOOK_AGAIN_MS);
    }
  }
}

function expectOnce(ids: readonly string[], awaited: readonly string[]): void {
  const twice = ids.find((id, i) => ids.indexOf(id) !== i);
  if (twice !== undefined) throw new Error(`${twice} is shown twice`);
  const missing = awaited.find((id) => !ids.includes(id));
  if (missing !== undefined) throw new NotShown(`${missing} is not shown among ${ids.join(', ') || 'none'}`);
}

/** Throws when the list cannot be of these tasks; learns from what it shows. */
export function expectListed(known: KnownTasks, filter: Filter, tasks: readonly Task[]): void {
  const awaited = known.ids.filter((id) => meanwhile(known.statesOf(id)).every((state) => fits(state, filter)));
  const timeOf = ({ finishedAt, createdAt }: Task) => Date.parse((filter.status === 'dead' && finishedAt) || createdAt);
  expectOnce(
    tasks.map(({ taskId }) => taskId),
    awaited,
  );
  for (const [i, task] of tasks.entries()) {
    known.see(task);
    const states = known.statesOf(task.taskId).filter((state) => fits(state, filter));
    if (states.length === 0) throw new Error(`${task.taskId} does not belong there: ${JSON.stringify(task)}`);
    known.put(task.taskId, states);
    if (i > 0 && timeOf(tasks[i - 1]!) < timeOf(task)) throw new Error(`${task.taskId} is not in its place`);
  }
}

/** The whole list, at once. */
export async function checkList(known: KnownTasks, client: Client, filter: Filter): Promise<void> {
  await patiently(client, async () => expectListed(known, filter, await listed(client, filter, 100)));
}

const list = (filter: Filter, limit: number | undefined): ClientCommand =>
  command('list', `${queryOf(filter)} ${limit === undefined ? 'by the SDK' : `by ${limit}`}`, async (known, client) => {
    // Told before, for what happens meanwhile may be shown or not.
    const before = known.ids.map((id) => [id, meanwhile(known.statesOf(id))] as const);
    for (const [id, states] of before) known.put(id, states);
    const look = () => (limit === undefined ? listedBySdk(client, filter) : listed(client, filter, limit));
    await patiently(client, async () => expectListed(known, filter, await look()));
  });

async function expectAllShown(client: Client, filter: Filter, awaited: readonly string[]): Promise<void> {
  const tasks = await listed(client, filter, 100);
  expectOnce(
    tasks.map(({ taskId }) => taskId),
    awaited,
  );
}

/** Of filters whose tasks stay the same. */
const readOn = (filter: Pick<Filter, 'tag' | 'type'>): ClientCommand =>
  command('read on', queryOf(filter), async (known, client) => {
    const begun: Reading = known.reading ?? {
      ...{ query: `${queryOf(filter)}&limit=2`.replace(/^&/, ''), cursor: '', seen: [] },
      awaited: known.ids.filter((id) => known.statesOf(id).every((state) => fits(state, filter))),
    };
    const isBehind = client.access.isCloud && begun.cursor === '';
    // What is in the index when the first page is read is on some page.
    if (isBehind) await patiently(client, () => expectAllShown(client, filter, begun.awaited));
    const cursor = begun.cursor === '' ? '' : `&cursor=${encodeURIComponent(begun.cursor)}`;
    const { items, nextCursor } = await pageOf(client, begun.query + cursor);
    for (const task of items) known.see(task);
    const seen = [...begun.seen, ...items.map(({ taskId }) => taskId)];
    known.reading = nextCursor === null ? undefined : { ...begun, cursor: nextCursor, seen };
    expectOnce(seen, nextCursor === null ? begun.awaited : []);
  });

/** A cursor belongs to one list. */
const misread = command('misread', '', async (known, client) => {
  if (known.reading === undefined) return;
  const { cursor } = known.reading;
  const { status, code } = await client.ask(`GET /tasks?status=dead&cursor=${encodeURIComponent(cursor)}`);
  if (`${status} ${code}` !== '400 invalid-cursor') throw new Error(`was answered ${status} ${code}`);
});

const statuses = ['scheduled', 'queued', 'retrying', 'running', 'succeeded', 'cancelled'] as const;
const filters: fc.Arbitrary<Filter> = fc.oneof(
  fc.constant({}),
  fc.constant({ status: 'dead' as const }),
  fc.constant({ status: 'dead' as const }),
  fc.constantFrom(...TYPES).map((type) => ({ type, status: 'dead' as const })),
  fc.constantFrom(...TYPES).map((type) => ({ type })),
  fc.constantFrom(...TAGS).map((tag) => ({ tag })),
  fc.constantFrom(...statuses).map((status) => ({ status })),
);
const unchanging = fc.oneof(
  fc.constant({}),
  fc.constantFrom(...TAGS).map((tag) => ({ tag })),
);

const lists = fc.tuple(filters, fc.constantFrom(1, 2, 3, 100, undefined));

export const LIST_COMMANDS: readonly fc.Arbitrary<ClientCommand>[] = [
  ...[1, 2].map(() => lists.map(([filter, limit]) => list(filter, limit))),
  ...[1, 2].map(() => unchanging.map(readOn)),
  fc.constant(misread),
];
