/** What an error of SQLite means for a write. Codes: https://sqlite.org/rescode.html */

const BUSY = 5;
/** Busy, locked, out of memory, disk full, cannot open, others at the locks; and how a full disk shows when the log's index has to grow. */
const PASSING = [BUSY, 6, 7, 13, 14, 15];
const IOERR_SHMSIZE = 4874;
/** Read-only, I/O error, corrupt, not a database. After a failed sync a later one that succeeds proves nothing. */
const LASTING = [8, 10, 11, 26];

/** SQLite's extended result code; 0 for an error that is not SQLite's. */
const codeOf = (error: unknown): number =>
  error instanceof Error && 'errcode' in error && typeof error.errcode === 'number' ? error.errcode : 0;

const primary = (code: number): number => code & 0xff;

export const isBusy = (error: unknown): boolean => primary(codeOf(error)) === BUSY;

/** `item`: the statement or its values are at fault, and others are not concerned. */
export type Fault = 'item' | 'passing' | 'lasting';

export function faultOf(error: unknown): Fault {
  const code = codeOf(error);
  if (code === IOERR_SHMSIZE || PASSING.includes(primary(code))) return 'passing';
  return LASTING.includes(primary(code)) ? 'lasting' : 'item';
}
