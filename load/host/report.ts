/** A result as one HTML file that needs nothing else: no script, no font, no picture from anywhere; light and dark as its reader says. */
import { latencyChart } from './latency-chart.ts';
import { escaped } from './markup.ts';
import type { Result } from './result.ts';
import { isKept } from './result.ts';
import {
  circumstancesOf,
  countRows,
  faultRows,
  latencyRows,
  promiseRows,
  repeatOf,
  titleOf,
  verdictOf,
} from './rows.ts';

const STYLE = `
:root { color-scheme: light; --ground: #fbfaf8; --raised: #fff; --text: #211f1c; --soft: #635e56; --line: #e4e0d9;
  --mark: #0b6257; --mark-soft: #9cc9c0; --green: #1c6b3a; --green-ground: #dff1e5; --red: #b3261e; --red-ground: #fbe4e1; }
@media (prefers-color-scheme: dark) {
  :root { color-scheme: dark; --ground: #151412; --raised: #1c1b18; --text: #ebe7e1; --soft: #a59e94; --line: #302d29;
    --mark: #6fcdbd; --mark-soft: #2f6d63; --green: #7dcf9b; --green-ground: #16301f; --red: #f49a90; --red-ground: #401c19; }
}
body { margin: 0; background: var(--ground); color: var(--text); font: 0.9375rem/1.5 system-ui, -apple-system, 'Segoe UI', sans-serif; }
main { max-width: 52rem; margin: 0 auto; padding: 2rem 1rem 4rem; }
h1 { font-size: 1.5rem; line-height: 1.3; margin: 0; }
h2 { font-size: 1.0625rem; margin: 2rem 0 0.5rem; }
p { margin: 0.25rem 0; }
.soft { color: var(--soft); }
.verdict { display: inline-block; margin-top: 1rem; padding: 0.25rem 0.75rem; border-radius: 6px; font-weight: 600; }
.kept { color: var(--green); background: var(--green-ground); }
.broken { color: var(--red); background: var(--red-ground); }
.sheet { overflow-x: auto; background: var(--raised); border: 1px solid var(--line); border-radius: 6px; }
table { width: 100%; border-collapse: collapse; font-variant-numeric: tabular-nums; }
th, td { padding: 0.375rem 0.75rem; text-align: right; white-space: nowrap; border-top: 1px solid var(--line); }
thead th { border-top: 0; color: var(--soft); font-weight: 500; font-size: 0.8125rem; }
th[scope=row] { text-align: left; font-weight: 400; }
thead td { border-top: 0; }
td .verdict { margin: 0; padding: 0 0.5rem; }
pre { padding: 0.75rem; margin: 0; overflow-x: auto; font: 0.8125rem/1.5 ui-monospace, Menlo, Consolas, monospace; }
svg { display: block; width: 100%; height: auto; }
svg text { fill: var(--soft); font: 12px system-ui, sans-serif; }
svg .name { fill: var(--text); }
`;

export function reportOf(result: Result): string {
  const verdict = isKept(result) ? 'kept' : 'broken';
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${escaped(titleOf(result))}</title>
<style>${STYLE}</style>
</head>
<body>
<main>
<h1>${escaped(titleOf(result))}</h1>
<p class="soft">${escaped(circumstancesOf(result))}</p>
<p class="verdict ${verdict}">${escaped(verdictOf(result))}</p>
${promises(result)}
${times(result)}
${section('Counted', ['', '', ''], countRows(result))}
${section('Faults', ['', 'injected', 'recovered'], faultRows(result))}
<h2>Run it again</h2>
<div class="sheet"><pre>${escaped(repeatOf(result))}</pre></div>
<p class="soft">Every number is in result.json, beside this file; its run is ${escaped(result.run)}.</p>
</main>
</body>
</html>
`;
}

function headOf(head: readonly string[]): string {
  if (head.every((cell) => cell === '')) return '';
  const cells = head.map((cell) => (cell === '' ? '<td></td>' : `<th scope="col">${escaped(cell)}</th>`));
  return `<thead><tr>${cells.join('')}</tr></thead>`;
}

const rowOf = ([name = '', ...cells]: readonly string[], last = ''): string =>
  `<tr><th scope="row">${escaped(name)}</th>${cells.map((cell) => `<td>${escaped(cell)}</td>`).join('')}${last}</tr>`;

const sheet = (head: readonly string[], rows: readonly string[]): string =>
  `<div class="sheet"><table>${headOf(head)}<tbody>${rows.join('')}</tbody></table></div>`;

const section = (title: string, head: readonly string[], rows: readonly (readonly string[])[]): string =>
  rows.length === 0
    ? ''
    : `<h2>${title}</h2>${sheet(
        head,
        rows.map((row) => rowOf(row)),
      )}`;

function promises(result: Result): string {
  const rows = promiseRows(result).map(({ subject, bar, value, kept }) => {
    const verdict = kept ? '<span class="verdict kept">ok</span>' : '<span class="verdict broken">BROKEN</span>';
    return rowOf([subject, bar, value], `<td>${verdict}</td>`);
  });
  return `<h2>Promises</h2>${sheet(['', 'bar', 'measured', ''], rows)}`;
}

function times(result: Result): string {
  const rows = latencyRows(result);
  if (rows.length === 0) return '';
  const head = ['', 'p50', 'p95', 'p99', 'longest', 'of'];
  const chart = latencyChart(result);
  const drawn = chart === '' ? '' : `<div class="sheet" style="margin-top: 0.5rem; padding: 0.5rem">${chart}</div>`;
  return `<h2>Times</h2>${sheet(
    head,
    rows.map((row) => rowOf(row)),
  )}${drawn}`;
}
