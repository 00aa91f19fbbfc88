/** listTasks: indexed lists, and searches that look at a bounded number of tasks per call. */
import type { OperationOutput, QueryParameters } from '@holdfast/api/operation';
import type { ListQuery } from '../core/ports.ts';
import { Refusal } from '../core/refusal.ts';
import type { TaskFilter } from '../core/search.ts';
import { isIndexed } from '../core/search.ts';
import type { Cursors } from './cursor.ts';
import type { Asked, House } from './house.ts';
import { taskView, timestamp } from './view.ts';

type Query = QueryParameters<'listTasks'>;
type Page = OperationOutput<'listTasks'>;

interface Listing {
  readonly house: House;
  readonly cursors: Cursors;
  readonly asked: Asked;
}

export async function listTasks(query: Query, { house, cursors, asked }: Listing): Promise<Page> {
  const { limit, cursor, ...filter } = query;
  const { ports, rules } = house.desk;
  const { tenant } = asked.principal;
  const list = { operation: 'listTasks', tenant, filter };
  const after = cursor === undefined ? undefined : await cursors.open(cursor, list);
  const listed: ListQuery = { tenant, ...ledgerQueryOf(filter), limit, ...(after !== undefined && { after }) };
  const { tasks, next, searchedToMs } = await ports.ledger.list(listed);
  const nextCursor = next === undefined ? null : await cursors.seal(next, list);
  const body = {
    items: tasks.map((task) => taskView(task, rules)),
    nextCursor,
    searchedTo: searchedToMs === undefined ? null : timestamp(searchedToMs),
    indexed: isIndexed(listed),
  };
  if (nextCursor === null) return { status: 200, body };
  const following = new URLSearchParams({ ...filter, limit: String(limit), cursor: nextCursor });
  return { status: 200, body, headers: { Link: `</tasks?${following.toString()}>; rel="next"` } };
}

/** The dead are read from the inbox, all others from the list of all. */
function ledgerQueryOf(
  filter: Omit<Query, 'limit' | 'cursor'>,
): Pick<ListQuery, 'list' | 'only' | 'sinceMs' | 'untilMs'> {
  const { status, since, until, ...rest } = filter;
  const sinceMs = since === undefined ? {} : { sinceMs: Date.parse(since) };
  const untilMs = until === undefined ? {} : { untilMs: Date.parse(until) };
  if (since !== undefined && until !== undefined && Date.parse(since) >= Date.parse(until)) {
    throw new Refusal('invalid-parameter', 'until must come after since.');
  }
  const isInbox = status === 'dead';
  const only: TaskFilter = { ...rest, ...(status !== undefined && !isInbox && { status }) };
  return { list: isInbox ? 'dead' : 'all', only, ...sinceMs, ...untilMs };
}
