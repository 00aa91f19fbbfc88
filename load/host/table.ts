/** A result, or a comparison, for the terminal: columns of text. */
import type { Result } from './result.ts';
import { circumstancesOf, countRows, faultRows, latencyRows, promiseRows, titleOf, verdictOf } from './rows.ts';

/** The first column to the left, the others to the right; `head` is its first row. */
export function columns(rows: readonly (readonly string[])[]): string[] {
  const widths = rows.reduce<number[]>(
    (most, row) => row.map((cell, at) => Math.max(most[at] ?? 0, cell.length)),
    rows[0]?.map(({ length }) => length) ?? [],
  );
  return rows.map((row) =>
    row
      .map((cell, at) => (at === 0 ? cell.padEnd(widths[at]!) : cell.padStart(widths[at]!)))
      .join('  ')
      .trimEnd(),
  );
}

const section = (head: readonly string[], rows: readonly (readonly string[])[]): string[] =>
  rows.length === 0 ? [] : ['', ...columns([head, ...rows])];

export function tableOf(result: Result): string {
  const promises = promiseRows(result).map(({ subject, bar, value, kept }) => [
    subject,
    bar,
    value,
    kept ? 'ok' : 'BROKEN',
  ]);
  return [
    titleOf(result),
    circumstancesOf(result),
    ...section(['Promise', 'bar', 'measured', ''], promises),
    ...section(['Time', 'p50', 'p95', 'p99', 'longest', 'of'], latencyRows(result)),
    ...section(['Count', '', ''], countRows(result)),
    ...section(['Faults', 'injected', 'recovered'], faultRows(result)),
    '',
    verdictOf(result),
  ].join('\n');
}
