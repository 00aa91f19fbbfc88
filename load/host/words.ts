/** Metrics and their values as people read them. The unit of a metric is the end of its name: `_ms`, `_seconds`, `_mib`. */
import type { EngineName } from './target.ts';
import { statOf } from './result.ts';

const NAMES: Readonly<Record<string, string>> = {
  accept_ms: 'submit → receipt',
  end_to_end_ms: 'submit → final',
  tasks_twice: 'tasks recorded twice',
  errors: 'errors',
  checks: 'checks that held',
  dropped_iterations: 'load that k6 could not make',
  iterations_thrown: 'iterations that threw',
  http_reqs: 'requests',
  server_memory: 'memory of the server',
};

export const ENGINES: Readonly<Record<EngineName, string>> = {
  'one-machine': 'one machine',
  twin: 'the twin of AWS',
  aws: 'AWS',
};

const UNIT = /_(?:ms|s|seconds|mib)$/;
const NOTHING = '–';

/** Of `backoff_position{retry:1}` it is `backoff position (retry 1)`. */
export function nameOf(metric: string): string {
  const [, name = metric, tags] = /^([^{]+)\{(.*)\}$/.exec(metric) ?? [];
  const words = NAMES[name] ?? name.replace(UNIT, '').replaceAll('_', ' ').replace(CAMEL, camelApart);
  return tags === undefined ? words : `${words} (${tags.replaceAll(':', ' ')})`;
}

const CAMEL = /([a-z])([A-Z])/g;
const camelApart = (_: string, end: string, begin: string): string => `${end} ${begin.toLowerCase()}`;

const STATS: Readonly<Record<string, string>> = {
  med: ', p50',
  avg: ', mean',
  min: ', least',
  max: ', most',
  growth: ', growth',
};

/** What a bar is about: `submit → receipt, p99`. */
export function subjectOf(metric: string, bar: string): string {
  const stat = statOf(bar);
  const percentile = /^p\((.+)\)$/.exec(stat)?.[1];
  return nameOf(metric) + (percentile === undefined ? (STATS[stat] ?? '') : `, p${percentile}`);
}

/** `≤ 250 ms` of `p(99)<=250`. */
export function barOf(metric: string, bar: string): string {
  const [, sign = '', limit = ''] = /(<=|>=|===?|!=|<|>)\s*(\S+)\s*$/.exec(bar) ?? [];
  if (sign === '') return bar;
  return `${SIGNS[sign] ?? sign} ${shown(metric, statOf(bar), Number(limit))}`;
}

const SIGNS: Readonly<Record<string, string>> = { '<=': '≤', '>=': '≥', '==': '=', '===': '=', '!=': '≠' };

/** With its unit. */
export function shown(metric: string, stat: string, value: number | null | undefined): string {
  if (value === null || value === undefined || Number.isNaN(value)) return NOTHING;
  if (stat === 'growth') return `${value > 0 ? '+' : ''}${rounded(value * 100)} %`;
  // Rounded down: what is not all must not look like all.
  if (stat === 'rate') return `${grouped(Math.floor(value * 10_000) / 100)} %`;
  if (stat === 'count') return grouped(value);
  if (metric.endsWith('_ms')) return inTime(value);
  if (/_(?:s|seconds)$/.test(metric)) return inTime(value * 1_000);
  if (metric.endsWith('_mib')) return `${rounded(value)} MiB`;
  return grouped(value);
}

function inTime(ms: number): string {
  if (Math.abs(ms) < 1_000) return `${rounded(ms)} ms`;
  return `${rounded(ms / 1_000)} s`;
}

/** Three digits that count, or a whole number. */
export const rounded = (value: number): string =>
  grouped(Math.abs(value) >= 100 ? Math.round(value) : Number(value.toPrecision(3)));

const grouped = (value: number): string =>
  new Intl.NumberFormat('en', { maximumFractionDigits: 3 }).format(value).replaceAll(',', ' ');
