/**
 * The result of a run, as result.json keeps it: what was run against what, every number that was measured, every bar with its value.
 * Its shape is stable: a change that old readers would misread raises VERSION. Report, table and comparison read nothing else.
 */
import type { Measured, Summary } from '../lib/summary.ts';
import type { RunOptions, ScenarioName } from './arguments.ts';
import type { Memory } from './memory.ts';
import { JUDGED_FROM_SAMPLES } from './memory.ts';
import type { EngineName } from './target.ts';

export const VERSION = 1;

export interface About {
  /** The name of its folder, and part of every id of its tasks. */
  readonly run: string;
  readonly scenario: ScenarioName;
  readonly engine: EngineName;
  /** Whole, so that the run can be repeated. It holds no name and no key: the command takes none in a URL. */
  readonly url: string;
  /** Whether the server was started for the run. */
  readonly throwAway: boolean;
  readonly startedAt: string;
  readonly k6: string;
  readonly holdfast: string;
  readonly options: RunOptions;
}

export interface Threshold {
  readonly metric: string;
  /** As k6 writes it: `p(99)<250`. */
  readonly bar: string;
  /** Of what the bar names; null when nothing was measured. */
  readonly value: number | null;
  readonly kept: boolean;
}

export interface Metric {
  readonly kind: Measured['type'];
  readonly values: Readonly<Record<string, number>>;
}

export interface Result extends About {
  readonly version: typeof VERSION;
  readonly durationSeconds: number;
  readonly thresholds: readonly Threshold[];
  readonly numbers: Readonly<Record<string, Metric>>;
  /** What faults were made, and what was noticed of them; empty but for scenarios that make some. */
  readonly injected: Readonly<Record<string, number>>;
  readonly recovered: Readonly<Record<string, number>>;
  readonly memory: Memory | null;
}

export interface Measurements {
  readonly summary: Summary;
  /** How often a script threw. */
  readonly thrown: number;
  readonly memory: Memory | undefined;
}

/** What k6 measures of itself, and says nothing about Holdfast. */
const OF_K6 = /^(?:data_|group_duration|http_req_|iteration|vus|ws_)|\{/;
const MOST_GROWTH = 0.2;

export function resultOf(about: About, { summary, thrown, memory }: Measurements): Result {
  const all = Object.entries(summary.metrics);
  const shown = all.filter(([name]) => !OF_K6.test(name)).toSorted(([a], [b]) => (a < b ? -1 : 1));
  const numbers = shown.map(([name, { type, values }]) => [name, { kind: type, values }] as const);
  const ours = [thrownBar(thrown), ...(about.scenario === 'soak' ? memoryBar(memory) : [])];
  return {
    version: VERSION,
    ...about,
    durationSeconds: summary.state.testRunDurationMs / 1_000,
    thresholds: [...inOrder(all.flatMap(([name, metric]) => thresholdsOf(name, metric))), ...ours],
    numbers: Object.fromEntries(numbers),
    injected: countsNamed('injected_', shown),
    recovered: countsNamed('recovered_', shown),
    memory: memory ?? null,
  };
}

export const isKept = ({ thresholds }: Pick<Result, 'thresholds'>): boolean => thresholds.every(({ kept }) => kept);

function thresholdsOf(metric: string, { type, values, thresholds = {} }: Measured): Threshold[] {
  const isMeasured = samplesOf(type, values) > 0;
  return Object.entries(thresholds).map(([bar, { ok }]) => {
    const value = isMeasured ? values[statOf(bar)] : undefined;
    return { metric, bar, value: value ?? null, kept: ok && isMeasured };
  });
}

/** To k6 a time or a rate of nothing is below every bar. A counter that was never touched is zero, and that is what it says. */
function samplesOf(type: Measured['type'], { count = 0, passes = 0, fails = 0 }: Measured['values']): number {
  if (type === 'trend') return count;
  return type === 'rate' ? passes + fails : 1;
}

const FIRST = ['tasks_lost', 'tasks_twice', 'tasks_unfinished', 'errors', 'checks'];

/** What was promised above all comes first; k6 has no order. */
function inOrder(thresholds: readonly Threshold[]): Threshold[] {
  const placeOf = ({ metric }: Threshold): number => FIRST.indexOf(metric) + 1 || FIRST.length + 1;
  return thresholds.toSorted((a, b) => placeOf(a) - placeOf(b) || (a.metric + a.bar < b.metric + b.bar ? -1 : 1));
}

/** `p(99)` of `p(99)<250`. */
export const statOf = (bar: string): string => /^\s*([a-z]+(?:\([\d.]+\))?)/.exec(bar)?.[1] ?? bar;

/** An iteration that threw did not do what it was there for, and k6 alone would not mind. */
const thrownBar = (thrown: number): Threshold => ({
  ...{ metric: 'iterations_thrown', bar: 'count==0' },
  ...{ value: thrown, kept: thrown === 0 },
});

function memoryBar(memory: Memory | undefined): Threshold[] {
  if (memory === undefined || memory.samples < JUDGED_FROM_SAMPLES) return [];
  const { growth } = memory;
  return [{ metric: 'server_memory', bar: `growth<=${MOST_GROWTH}`, value: growth, kept: growth <= MOST_GROWTH }];
}

function countsNamed(prefix: string, metrics: readonly (readonly [string, Measured])[]): Record<string, number> {
  const found = metrics.filter(([name]) => name.startsWith(prefix));
  return Object.fromEntries(
    found.map(([name, { values }]) => [name.slice(prefix.length), values['count'] ?? values['value'] ?? 0]),
  );
}
