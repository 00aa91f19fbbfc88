/**
 * What a list is asked for, as it stands in the address: every list can be shared, and the way back leads through the lists
 * before. What the contract does not know is sent all the same, so that the answer names it instead of a list that
 * silently shows something else.
 */
import type { FailureClass, Task, TaskStatus } from '@holdfast/api/types';

export interface ListFilter {
  readonly status?: TaskStatus;
  readonly type?: string;
  readonly class?: FailureClass;
  readonly tag?: string;
  /** RFC 3339. */
  readonly since?: string;
  readonly until?: string;
}

const NAMES = ['status', 'type', 'class', 'tag', 'since', 'until'] as const;
export type FilterName = (typeof NAMES)[number];

export function filterOf(parameters: Pick<URLSearchParams, 'get'>): ListFilter {
  const given = NAMES.map((name) => [name, parameters.get(name)?.trim()] as const);
  return Object.fromEntries(given.filter(([, value]) => value));
}

/** With `?`, or empty; always in the same order, so that equal lists have equal addresses. */
export function searchOf(filter: ListFilter): string {
  const given = NAMES.flatMap((name) => (filter[name] ? [[name, filter[name]]] : []));
  return given.length === 0 ? '' : `?${new URLSearchParams(given).toString()}`;
}

/** An empty value takes the part out. */
export function withPart(filter: ListFilter, name: FilterName, value: string): ListFilter {
  const { [name]: _, ...rest } = filter;
  return value === '' ? rest : { ...rest, [name]: value };
}

export const isEmpty = (filter: ListFilter): boolean => searchOf(filter) === '';

/** What the list is ordered by, newest first: the inbox by death, all others by creation. RFC 3339 in UTC sorts as text. */
export const orderKey = (task: Task, { status }: ListFilter): string =>
  status === 'dead' ? (task.finishedAt ?? task.updatedAt) : task.createdAt;

/** Whether the ledger would list it; the same rules as the server's. */
export function matches(task: Task, filter: ListFilter): boolean {
  const { status, type, class: failureClass, tag, since, until } = filter;
  const atMs = Date.parse(orderKey(task, filter));
  return (
    (status === undefined || task.status === status) &&
    (status !== 'dead' || !task.discarded) &&
    (type === undefined || task.type === type) &&
    (failureClass === undefined || task.lastFailure?.class === failureClass) &&
    (tag === undefined || task.tags.includes(tag)) &&
    (since === undefined || atMs >= Date.parse(since)) &&
    (until === undefined || atMs < Date.parse(until))
  );
}

/** An index answers these; all others are searches, which come back after looking at a bounded number of tasks. */
export const topicOf = ({ type }: ListFilter): string => (type === undefined ? 'tasks' : `type:${type}`);
