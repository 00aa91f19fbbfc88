/** What every function does around its work: open once, and send what was held before the process may be frozen. */
import type { AwsPorts } from './parts.ts';

/** Opened by the first invocation and kept; one that failed is tried again by the next. */
export function lazily<T>(open: () => Promise<T>): () => Promise<T> {
  let opened: Promise<T> | undefined;
  return () => {
    opened ??= open().catch((error: unknown) => {
      opened = undefined;
      throw error;
    });
    return opened;
  };
}

type Holding = Pick<AwsPorts, 'publisher' | 'statistics' | 'faults'>;

/** Whatever is left for later would wait for the next invocation, or for ever. */
export async function flushed({ publisher, statistics, faults }: Holding): Promise<void> {
  await Promise.all([publisher.flush(), statistics.flush(), faults?.flush()]);
}
