/** Numbers in words, of the same width as long as they are of the same size. */
import type { StatsWindow } from '@holdfast/api/types';

const whole = new Intl.NumberFormat('en', { maximumFractionDigits: 0 });
const short = new Intl.NumberFormat('en', { notation: 'compact', maximumFractionDigits: 1 });

/** Up to six digits are shown as they are: `52,310`, then `1.2M`. */
export const count = (n: number): string => (n < 1_000_000 ? whole : short).format(n);

export const counted = (n: number, one: string, many = `${one}s`): string => `${count(n)} ${n === 1 ? one : many}`;

/** `2.1 ms`, `84 ms`, `3.9 s`, `12 s`, `2.5 min`, `3.1 h`. */
export function latency(ms: number): string {
  const [amount, unit] =
    ms < 999.5 ? [ms, 'ms'] : ms < 59_950 ? [ms / 1e3, 's'] : ms < 3_597e3 ? [ms / 6e4, 'min'] : [ms / 36e5, 'h'];
  return `${amount < 9.95 ? trimmed(amount) : whole.format(amount)} ${unit}`;
}

const trimmed = (amount: number): string => amount.toFixed(1).replace(/\.0$/, '');

/** `5.2 %`, `38 %`, and a part that is there is never 0 %; a dash where there is no whole. */
export function share(part: number, of: number): string {
  if (of === 0) return '–';
  const percent = (part / of) * 100;
  if (percent > 0 && percent < 0.1) return '< 0.1 %';
  return `${percent < 9.95 ? trimmed(percent) : whole.format(percent)} %`;
}

/** After "in". */
export const WINDOWS: Readonly<Record<StatsWindow, string>> = {
  '15m': 'the last 15 minutes',
  '1h': 'the last hour',
  '6h': 'the last 6 hours',
  '24h': 'the last 24 hours',
  '7d': 'the last 7 days',
  '14d': 'the last 14 days',
};

/** After "one point". */
export const STEPS: Readonly<Record<StatsWindow, string>> = {
  '15m': 'a minute',
  '1h': 'a minute',
  '6h': 'every 5 minutes',
  '24h': 'every 15 minutes',
  '7d': 'an hour',
  '14d': 'every 2 hours',
};
