/** What k6 measured, as one JSON file for the command, which judges, shows and compares it. */
import { RESULT_FILE } from './settings.ts';

/** The part of k6's summary that is used. */
export interface Measured {
  readonly type: 'counter' | 'gauge' | 'rate' | 'trend';
  readonly contains: 'default' | 'time' | 'data';
  readonly values: Readonly<Record<string, number>>;
  readonly thresholds?: Readonly<Record<string, { readonly ok: boolean }>>;
}

export interface Summary {
  readonly metrics: Readonly<Record<string, Measured>>;
  readonly state: { readonly testRunDurationMs: number };
}

export const TREND_STATS = ['count', 'avg', 'min', 'med', 'p(90)', 'p(95)', 'p(99)', 'max'];

export const handleSummary = (data: Summary): Record<string, string> => ({
  [RESULT_FILE ?? 'stdout']: JSON.stringify(data, undefined, 2),
});
