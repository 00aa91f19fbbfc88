/** What a fault run ends with: a line for each row, a line for all, and what is wrong. */
import { setTimeout as sleep } from 'node:timers/promises';
import { later } from './later.ts';
import type { Row, Verdict } from './row.ts';

export interface Played {
  readonly row: Row;
  readonly verdict: Verdict;
}

const HEAD = ['row', 'engine', 'fault', 'injected', 'tasks', 'lost', 'twice', 'false dead', 'bells', 'worst recovery'];

export function tableOf(played: readonly Played[]): string {
  const rows = played.map(({ row, verdict }) => cells(row, verdict));
  const widths = HEAD.map((head, i) => Math.max(head.length, ...rows.map((row) => row[i]!.length)));
  const lines = [HEAD, ...rows].map((row) => row.map((cell, i) => cell.padEnd(widths[i]!)).join('  '));
  const said = (of: (verdict: Verdict) => readonly string[]) =>
    played.flatMap(({ row, verdict }) => of(verdict).map((each) => `${row.id} ${row.engine}: ${each}`));
  const notes = said((verdict) => verdict.notes ?? []);
  const wrongs = said((verdict) => verdict.wrongs).map((each) => `WRONG ${each}`);
  return [...lines, totalsOf(played), ...notes, ...wrongs].map((line) => line.trimEnd()).join('\n');
}

const cells = ({ id, engine, fault }: Row, verdict: Verdict): string[] => [
  ...[id, engine, fault],
  ...[verdict.injected, verdict.tasks, verdict.lost, verdict.twice, verdict.falseDead].map(String),
  ...[verdict.bells === undefined ? '-' : String(verdict.bells), `${(verdict.recoveryMs / 1_000).toFixed(1)} s`],
];

function totalsOf(played: readonly Played[]): string {
  const sum = (of: (verdict: Verdict) => number) => played.reduce((total, { verdict }) => total + of(verdict), 0);
  const [tasks, lost, twice] = [sum(({ tasks: each }) => each), sum((v) => v.lost), sum((v) => v.twice)];
  const worstMs = Math.max(0, ...played.map(({ verdict }) => verdict.recoveryMs));
  const falseDead = sum((verdict) => verdict.falseDead);
  return `${played.length} rows, ${tasks} tasks: lost ${lost}, twice ${twice}, false dead ${falseDead}, worst recovery ${(worstMs / 1_000).toFixed(1)} s`;
}

/** Many times what the longest takes with 300 tasks. */
const ROW_WITHIN_MS = 1_800_000;
/** The bar of the matrix, on a machine that does nothing else. */
const RECOVERED_WITHIN_MS = 60_000;

export const isKept = ({ verdict }: Played, recoveredWithinMs = RECOVERED_WITHIN_MS): boolean =>
  verdict.injected > 0 &&
  verdict.lost + verdict.twice + verdict.falseDead + verdict.wrongs.length === 0 &&
  verdict.recoveryMs <= recoveredWithinMs;

/** A row that ends with an error, or not at all, is a row that is not kept. */
export async function played(row: Row, tasks: number): Promise<Played> {
  const over = new AbortController();
  const late = later(
    sleep(ROW_WITHIN_MS, undefined, { signal: over.signal }).then((): never => {
      throw new Error(`It took longer than ${ROW_WITHIN_MS / 60_000} minutes.`);
    }),
  );
  try {
    return { row, verdict: await Promise.race([row.play(tasks), late]) };
  } catch (error) {
    return unplayed(row, error);
  } finally {
    over.abort();
  }
}

/** A row of which nothing is known but why. */
export function unplayed(row: Row, error: unknown): Played {
  const wrong = error instanceof Error ? (error.stack ?? error.message) : String(error);
  const nothing = { injected: 0, tasks: 0, lost: 0, twice: 0, falseDead: 0, recoveryMs: 0 };
  return { row, verdict: { ...nothing, wrongs: [wrong] } };
}
