/** Where results are: a folder for each run, found again by its name, its path, or as the last one. */
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { reportOf } from './report.ts';
import type { Result } from './result.ts';
import { VERSION } from './result.ts';
import { CannotRun } from './sentences.ts';

export const RESULTS = join(import.meta.dirname, '../results');
const FILE = 'result.json';

/** Of a new run, with its time at its end: two that begin at once are told apart. Answers its name, which is also that of its folder. */
export function newRun(what: string, nowMs: number, results = RESULTS): string {
  mkdirSync(results, { recursive: true });
  for (let atMs = nowMs; ; atMs += 1) {
    const name = `${what}-${atMs.toString(36)}`;
    try {
      mkdirSync(join(results, name));
      return name;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
  }
}

/** Answers the path of the report. */
export function keep(folder: string, result: Result): string {
  const report = join(folder, 'report.html');
  writeFileSync(report, reportOf(result));
  writeFileSync(join(folder, FILE), `${JSON.stringify(result, undefined, 2)}\n`);
  return report;
}

/** By the name of a run, its folder, `last`, or `last:<scenario>`. Throws CannotRun. */
export function kept(wanted: string, results = RESULTS): Result {
  const [, scenario] = /^last(?::(.+))?$/.exec(wanted) ?? [];
  const folder = /^last(?::|$)/.test(wanted) ? lastOf(scenario, results) : folderOf(wanted, results);
  return read(join(folder, FILE));
}

function folderOf(wanted: string, results: string): string {
  const candidates = [join(results, wanted), resolve(wanted)];
  const found = candidates.find((folder) => existsSync(join(folder, FILE)));
  if (found !== undefined) return found;
  const there = existsSync(results) ? finished(results).slice(-5) : [];
  const known = there.length > 0 ? `The last are: ${there.join(', ')}.` : 'There are none yet.';
  throw new CannotRun(`There is no result "${wanted}". ${known}`);
}

function lastOf(scenario: string | undefined, results: string): string {
  const runs = existsSync(results) ? finished(results) : [];
  const last = runs.findLast((run) => scenario === undefined || read(join(results, run, FILE)).scenario === scenario);
  if (last === undefined)
    throw new CannotRun(`There is no result${scenario === undefined ? '' : ` of ${scenario}`} yet.`);
  return join(results, last);
}

/** Oldest first: the end of a name is the time of its start. */
const finished = (results: string): string[] =>
  readdirSync(results)
    .filter((run) => existsSync(join(results, run, FILE)))
    .toSorted((a, b) => (startOf(a) < startOf(b) ? -1 : 1));

const startOf = (run: string): string => run.slice(run.lastIndexOf('-') + 1);

function read(file: string): Result {
  const result = jsonIn(file) as Partial<Result> | undefined;
  if (result?.version !== VERSION)
    throw new CannotRun(
      `${file} is no result that this Holdfast reads (version ${String(result?.version)}, not ${VERSION}).`,
    );
  return result as Result;
}

function jsonIn(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new CannotRun(`${file} cannot be read: ${(error as Error).message}`);
  }
}
