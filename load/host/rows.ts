/** A result as rows of words, which the table prints and the report draws: what was promised, how long it took, what was counted. */
import type { Metric, Result } from './result.ts';
import { isKept, statOf } from './result.ts';
import { barOf, ENGINES, nameOf, rounded, shown, subjectOf } from './words.ts';

export interface PromiseRow {
  readonly subject: string;
  readonly bar: string;
  readonly value: string;
  readonly kept: boolean;
}

export const LATENCY_STATS = ['med', 'p(95)', 'p(99)', 'max'] as const;

export const promiseRows = ({ thresholds }: Result): PromiseRow[] =>
  thresholds.map(({ metric, bar, value, kept }) => ({
    subject: subjectOf(metric, bar),
    bar: barOf(metric, bar),
    value: shown(metric, statOf(bar), value),
    kept,
  }));

const metricsOf = ({ numbers }: Result, kind: Metric['kind']): [string, Metric['values']][] =>
  Object.entries(numbers).flatMap(([name, metric]) => (metric.kind === kind ? [[name, metric.values]] : []));

/** Name, p50, p95, p99, longest, and of how many. */
export const latencyRows = (result: Result): string[][] =>
  metricsOf(result, 'trend').map(([name, values]) => [
    nameOf(name),
    ...LATENCY_STATS.map((stat) => shown(name, stat, values[stat])),
    shown(name, 'count', values['count']),
  ]);

/** Name, how much, and how often a second where that says something. What must be none stands with the promises. */
export function countRows(result: Result): string[][] {
  const promised = new Set(result.thresholds.flatMap(({ metric, bar }) => (/==/.test(bar) ? [metric] : [])));
  const isShown = ([name]: readonly [string, unknown]): boolean =>
    !promised.has(name) && !/^(?:injected|recovered)_/.test(name);
  const counters = metricsOf(result, 'counter').filter(isShown);
  return [
    ...counters.map(([name, { count = 0, rate = 0 }]) => [
      nameOf(name),
      shown(name, 'count', count),
      count > 0 ? `${rounded(rate)} a second` : '',
    ]),
    ...metricsOf(result, 'gauge')
      .filter(isShown)
      .map(([name, { value }]) => [nameOf(name), shown(name, 'value', value), '']),
    ...metricsOf(result, 'rate')
      .filter(isShown)
      .map(([name, { rate }]) => [nameOf(name), shown(name, 'rate', rate), '']),
    ...memoryRows(result),
  ];
}

function memoryRows({ memory }: Result): string[][] {
  if (memory === null) return [];
  const [first, last, peak] = [memory.firstMiB, memory.lastMiB, memory.peakMiB].map((mib) => shown('_mib', '', mib));
  return [['memory of the server', last!, `${first} at first, ${peak} at most`]];
}

/** What was injected beside what was recovered: the two have names of their own, and stand in one row where these agree. */
export function faultRows({ injected, recovered }: Result): string[][] {
  const names = [...new Set([...Object.keys(injected), ...Object.keys(recovered)])];
  return names.map((name) => [
    nameOf(name),
    shown(name, 'count', injected[name] ?? null),
    shown(name, 'count', recovered[name] ?? null),
  ]);
}

export function titleOf({ scenario, engine, url, throwAway, startedAt }: Result): string {
  const where = throwAway ? `${ENGINES[engine]}, started for the run` : `${ENGINES[engine]} at ${url}`;
  return `${scenario} on ${where}, ${startedAt.slice(0, 16).replace('T', ' ')} UTC`;
}

export function circumstancesOf({ durationSeconds, k6, holdfast, options }: Result): string {
  const said = Object.entries(options).filter(([, value]) => value !== false);
  const typed = said.map(([name, value]) => (value === true ? `--${name}` : `--${name} ${String(value)}`));
  return [shown('_seconds', '', durationSeconds), ...typed, `Holdfast ${holdfast}`, `k6 ${k6}`].join(' · ');
}

export function verdictOf(result: Result): string {
  const broken = result.thresholds.filter(({ kept }) => !kept).length;
  const all = result.thresholds.length;
  return isKept(result)
    ? `All ${all} promises were kept.`
    : `${broken} of ${all} promises ${broken === 1 ? 'was' : 'were'} BROKEN.`;
}

/** The same run again, by whoever has a checkout and a key. */
export function repeatOf({ scenario, engine, url, throwAway, options }: Result): string {
  const where = throwAway ? (engine === 'twin' ? ['--twin'] : []) : ['--url', url];
  const { rate, short, shape, batch, viewers } = options;
  const how = [
    ...(rate === undefined ? [] : ['--rate', rate]),
    ...(short ? ['--short'] : []),
    ...(shape === undefined ? [] : ['--shape', shape]),
    ...(batch === undefined ? [] : ['--batch', batch]),
    ...(viewers === undefined ? [] : ['--viewers', viewers]),
  ];
  return ['npm run load --', scenario, ...where, ...how].join(' ');
}
