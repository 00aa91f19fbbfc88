/** The times of a result as one small drawing: a line for each, from p50 over p95 to p99, and a tick for the longest; ten times as long is as far each time. */
import { escaped } from './markup.ts';
import type { Result } from './result.ts';
import { nameOf, shown } from './words.ts';

const WIDTH = 760;
const LEFT = 200;
const RIGHT = 32;
const ROW = 28;
const AXIS = 24;

interface Times {
  readonly name: string;
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
  readonly max: number;
}

/** Of those in milliseconds; empty without one. */
export function latencyChart({ numbers }: Result): string {
  const rows = Object.entries(numbers).flatMap(([metric, { kind, values }]) =>
    kind === 'trend' && metric.endsWith('_ms') && (values['count'] ?? 0) > 0 ? [timesOf(nameOf(metric), values)] : [],
  );
  if (rows.length === 0) return '';
  const decades = Math.max(1, Math.ceil(Math.log10(Math.max(...rows.map(({ max }) => max)))));
  const height = rows.length * ROW + AXIS;
  const xOf = (ms: number): number =>
    LEFT + (Math.max(0, Math.log10(Math.max(ms, 1))) / decades) * (WIDTH - LEFT - RIGHT);
  const lines = rows.map((row, at) => line(row, at * ROW + ROW / 2, xOf));
  const label =
    'Times on a scale on which each step is ten times as long: p50 to p95 thick, to p99 thin, a tick for the longest.';
  return `<svg viewBox="0 0 ${WIDTH} ${height}" role="img" aria-label="${label}">${grid(decades, height, xOf)}${lines.join('')}</svg>
<p class="soft">${label}</p>`;
}

const timesOf = (name: string, values: Readonly<Record<string, number>>): Times => ({
  name,
  p50: values['med'] ?? 0,
  p95: values['p(95)'] ?? 0,
  p99: values['p(99)'] ?? 0,
  max: values['max'] ?? 0,
});

function grid(decades: number, height: number, xOf: (ms: number) => number): string {
  const steps = Array.from({ length: decades + 1 }, (_, power) => 10 ** power);
  return steps
    .map((ms) => {
      const x = xOf(ms).toFixed(1);
      const label = `<text x="${x}" y="${height - 6}" text-anchor="middle">${shown('_ms', '', ms)}</text>`;
      return `<line x1="${x}" x2="${x}" y1="0" y2="${height - AXIS}" stroke="var(--line)"/>${label}`;
    })
    .join('');
}

function line({ name, p50, p95, p99, max }: Times, y: number, xOf: (ms: number) => number): string {
  const [a, b, c, d] = [p50, p95, p99, max].map((ms) => xOf(ms).toFixed(1));
  const stroke = (from: string, to: string, look: string): string =>
    `<line x1="${from}" x2="${to}" y1="${y}" y2="${y}" ${look}/>`;
  return [
    `<text class="name" x="0" y="${y + 4}">${escaped(name)}</text>`,
    stroke(b!, c!, 'stroke="var(--mark-soft)" stroke-width="4"'),
    stroke(a!, b!, 'stroke="var(--mark)" stroke-width="8"'),
    `<line x1="${d}" x2="${d}" y1="${y - 7}" y2="${y + 7}" stroke="var(--mark)" stroke-width="2"/>`,
    `<circle cx="${a}" cy="${y}" r="5" fill="var(--text)"/>`,
  ].join('');
}
