/**
 * What a handler left in its process for whoever runs there next: timers, processes, servers, or most of the memory.
 * Connections are no sign, for the clients of AWS keep theirs; threads, and timers that hold no process up, nobody can see.
 */
import { getHeapStatistics } from 'node:v8';

const SIGNS: ReadonlySet<string> = new Set(['Timeout', 'Immediate', 'ProcessWrap', 'TCPServerWrap']);
const MOST_OF_HEAP = 0.5;

const signs = (): number => process.getActiveResourcesInfo().filter((kind) => SIGNS.has(kind)).length;

function isMemoryTaken(): boolean {
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external > MOST_OF_HEAP * getHeapStatistics().heap_size_limit;
}

/** Begins to watch; the answer says whether anything is left now. */
export function watchLeftovers(): () => boolean {
  const before = signs();
  return () => signs() > before || isMemoryTaken();
}
