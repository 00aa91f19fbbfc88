/**
 * Lines to a stream whose reader may be slow or gone. The service never waits for it and never ends with it: the log is
 * for people, the ledger is the truth.
 */
import type { Writable } from 'node:stream';

/** What a reader may be behind before lines are dropped. */
const MAX_WAITING_BYTES = 1024 * 1024;

/** The answer of the writer is false for a line that is lost. */
export function lineWriter(stream: Writable): (line: string) => boolean {
  let isGone = false;
  stream.on('error', () => (isGone = true));
  return (line) => {
    if (isGone || stream.writableLength > MAX_WAITING_BYTES) return false;
    stream.write(line);
    return true;
  };
}
