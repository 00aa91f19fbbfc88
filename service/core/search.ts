/** Which tasks a list shows. An index answers the plain lists; any other mix looks at the tasks one by one, bounded. */
import type { FailureClass, LedgerTask } from './task.ts';

/** What is absent excludes nothing. */
export interface TaskFilter {
  readonly status?: LedgerTask['status'];
  readonly type?: string;
  /** Of the last failure. */
  readonly class?: FailureClass;
  readonly tag?: string;
}

/** `all`: newest first by creation; `dead`: the failure inbox, newest death first. */
export type List = 'all' | 'dead';

/** So many tasks a search looks at before it answers with what it has. */
export const MOST_EXAMINED = 1_000;

/** All by creation, or the inbox by death, as a whole or of one type; each within a span of time. */
export function isIndexed({ list, only = {} }: { readonly list: List; readonly only?: TaskFilter }): boolean {
  const { status, type, class: failureClass, tag } = only;
  return [status, failureClass, tag, list === 'dead' ? undefined : type].every((each) => each === undefined);
}

export function matches(task: LedgerTask, { status, type, class: failureClass, tag }: TaskFilter): boolean {
  return (
    (status === undefined || task.status === status) &&
    (type === undefined || task.type === type) &&
    (failureClass === undefined || task.lastFailure?.class === failureClass) &&
    (tag === undefined || task.tags.includes(tag))
  );
}
