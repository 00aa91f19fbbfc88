/** The order of a list after some have come and some have gone: newest first, and equals as they came. Pure. */

export interface Arrival {
  readonly taskId: string;
  readonly key: string;
}

export interface Arrangement {
  readonly order: readonly string[];
  /** Not in the order, or in it and `gone`. */
  readonly arrivals: readonly Arrival[];
  readonly gone: ReadonlySet<string>;
  readonly keyOf: (taskId: string) => string;
}

/** Cheap where all arrivals are newer than all others, which is nearly always. */
export function arranged({ order, arrivals, gone, keyOf }: Arrangement): readonly string[] {
  const rest = gone.size === 0 ? order : order.filter((taskId) => !gone.has(taskId));
  if (arrivals.length === 0) return rest;
  // The last to come stands first among equals.
  const newestFirst = [...arrivals].reverse().sort((a, b) => (a.key < b.key ? 1 : a.key > b.key ? -1 : 0));
  if (rest.length === 0 || newestFirst.at(-1)!.key >= keyOf(rest[0]!)) {
    return [...newestFirst.map(({ taskId }) => taskId), ...rest];
  }
  return merged(newestFirst, rest, keyOf);
}

function merged(arrivals: readonly Arrival[], rest: readonly string[], keyOf: (taskId: string) => string): string[] {
  const order: string[] = [];
  let next = 0;
  for (const taskId of rest) {
    for (const key = keyOf(taskId); next < arrivals.length && arrivals[next]!.key >= key; next += 1) {
      order.push(arrivals[next]!.taskId);
    }
    order.push(taskId);
  }
  return [...order, ...arrivals.slice(next).map((each) => each.taskId)];
}
