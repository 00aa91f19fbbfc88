/**
 * Loaded before a server (`node --import`): strikes the calls of its database, as the environment's STRIKE says from the first call on, and
 * as its parent says from then on. What has struck is told to the parent, unless the strike was the end of the process.
 */
import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import type { SQLInputValue } from 'node:sqlite';
import { DatabaseSync, StatementSync } from 'node:sqlite';
import type { DatabaseStrike } from '../strikes.ts';

type Call = 'exec' | 'run' | 'get' | 'all' | 'iterate';

interface Done {
  readonly call: Call;
  readonly sql: string;
  readonly answer: unknown;
}

const FULL = 13;
const MOST_PAGES = 4_294_967_294;
/** Of a call that is no commit, in a database of which each commit is slow. */
const READ_SHARE = 1 / 100;

let strike: DatabaseStrike = JSON.parse(process.env['STRIKE'] ?? '{"kind":"none"}') as DatabaseStrike;
let ledger: DatabaseSync | undefined;
const struckItems = new Map<string, number>();
const pause = new Int32Array(new SharedArrayBuffer(4));

const tell = (): void => void process.send?.({ struck: 1 });

function die(): never {
  process.kill(process.pid, 'SIGKILL');
  for (;;); // a signal to oneself may take a moment
}

function errorOf(errcode: number): Error {
  return Object.assign(new Error('struck on purpose'), { code: 'ERR_SQLITE_ERROR', errcode, errstr: 'struck' });
}

const struckSites = (file: string): Set<string> =>
  new Set(existsSync(file) ? readFileSync(file, 'utf8').split('\n') : []);

let known: Set<string> | undefined;
const reached = new Set<string>();

/** A site is what is asked of the database: in this code each text stands in one place. */
const siteOf = ({ call, sql }: Pick<Done, 'call' | 'sql'>): string =>
  `${call} ${sql.replace(/\s+/g, ' ').trim().slice(0, 300)}`;

function noteReached(file: string, site: string): void {
  if (reached.has(site)) return;
  reached.add(site);
  appendFileSync(file, `${site}\n`);
}

function dieAtNewSite(file: string, done: Done): void {
  known ??= struckSites(file);
  const site = siteOf(done);
  if (known.has(site)) return;
  appendFileSync(file, `${site}\n`);
  die();
}

function before(sql: string, values: readonly SQLInputValue[]): void {
  if (strike.kind === 'slow') {
    if (sql === 'COMMIT') tell();
    Atomics.wait(pause, 0, 0, sql === 'COMMIT' ? strike.delayMs : strike.delayMs * READ_SHARE);
  }
  if (strike.kind !== 'throws' || !sql.startsWith(strike.sql)) return;
  const { every, errcode, times } = strike;
  const item = values.find((value) => typeof value === 'string' && /-\d+$/.test(value)) as string | undefined;
  const number = item === undefined ? 0 : Number(/\d+$/.exec(item)![0]);
  const struck = struckItems.get(item ?? sql) ?? 0;
  if (number % every !== every - 1 || struck >= times) return;
  struckItems.set(item ?? sql, struck + 1);
  tell();
  throw errorOf(errcode);
}

function after(done: Done): void {
  if (strike.kind === 'dies-at-each-site') dieAtNewSite(strike.file, done);
  if (strike.kind !== 'dies-after' || !done.sql.includes(strike.sql)) return;
  const rows = Array.isArray(done.answer) ? done.answer.length : Infinity;
  if (rows === 0) return;
  appendFileSync(strike.file, `${done.call}\n`);
  die();
}

/** Beside it there is one for the lock. */
function remember(database: DatabaseSync, sql: string): void {
  if (sql === 'BEGIN IMMEDIATE') ledger = database;
}

function wrap(prototype: object, call: Call): void {
  const methods = prototype as Record<Call, (...given: unknown[]) => unknown>;
  const original = methods[call];
  methods[call] = function (this: DatabaseSync | StatementSync, ...given) {
    const sql = this instanceof StatementSync ? this.sourceSQL : String(given[0]);
    if (this instanceof DatabaseSync) remember(this, sql);
    if (strike.kind === 'dies-at-each-site') noteReached(strike.reached, siteOf({ call, sql }));
    before(sql, given as SQLInputValue[]);
    try {
      const answer = original.apply(this, given);
      after({ call, sql, answer });
      return answer;
    } catch (error) {
      if (strike.kind === 'full' && (error as { errcode?: number }).errcode === FULL) tell();
      throw error;
    }
  };
}

wrap(DatabaseSync.prototype, 'exec');
for (const call of ['run', 'get', 'all', 'iterate'] as const) wrap(StatementSync.prototype, call);

process.on('message', (message: { readonly strike?: DatabaseStrike }) => {
  if (message.strike === undefined) return;
  strike = message.strike;
  // SQLite takes the size that the file has for the least: from now on it cannot grow.
  ledger?.exec(`PRAGMA max_page_count = ${strike.kind === 'full' ? 1 : MOST_PAGES}`);
});
process.channel?.unref();
