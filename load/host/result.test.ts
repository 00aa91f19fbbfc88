import { expect, test } from 'vitest';
import { comparisonOf, differencesOf } from './compare.ts';
import { about, givenResult, summary } from './given-result.ts';
import { memoryOf } from './memory.ts';
import { reportOf } from './report.ts';
import { isKept, resultOf } from './result.ts';
import { repeatOf } from './rows.ts';
import { tableOf } from './table.ts';

test('a result keeps every bar with its value, what is promised above all first', () => {
  const { version, thresholds, injected, recovered, numbers, durationSeconds } = givenResult();
  expect({ version, durationSeconds, injected, recovered }).toEqual({
    ...{ version: 1, durationSeconds: 10 },
    ...{ injected: { crashes: 7, bellsLost: 3 }, recovered: { crashes: 6 } },
  });
  expect(thresholds).toEqual([
    { metric: 'tasks_lost', bar: 'count==0', value: 0, kept: true },
    { metric: 'checks', bar: 'rate==1', value: 0.99996, kept: false },
    { metric: 'accept_ms', bar: 'p(99)<100', value: 112.4, kept: false },
    { metric: 'iterations_thrown', bar: 'count==0', value: 0, kept: true },
  ]);
  expect(Object.keys(numbers)).not.toContain('http_req_duration');
});

test('an iteration that threw breaks a promise, although k6 calls the run a success', () => {
  const metrics = { tasks_lost: summary.metrics['tasks_lost']! };
  const of = (thrown: number) => resultOf(about, { summary: { ...summary, metrics }, thrown, memory: undefined });
  expect([isKept(of(0)), isKept(of(1))]).toEqual([true, false]);
});

test('memory is judged for a soak alone, and only when it was watched for long enough', () => {
  const flat = memoryOf(Array.from({ length: 1_800 }, (_, second) => (second < 300 ? second : 300)))!;
  const growing = memoryOf(Array.from({ length: 1_800 }, (_, second) => 100 + second / 10))!;
  const bars = (scenario: 'soak' | 'smoke', memory: typeof flat) =>
    resultOf({ ...about, scenario }, { summary, thrown: 0, memory }).thresholds.filter(
      ({ metric }) => metric === 'server_memory',
    );
  expect([flat.growth, flat.peakMiB]).toEqual([0, 300]);
  expect(bars('soak', flat)).toMatchObject([{ value: 0, kept: true }]);
  expect(bars('soak', growing)).toMatchObject([{ kept: false }]);
  expect([...bars('smoke', growing), ...bars('soak', memoryOf([1, 2, 3])!)]).toEqual([]);
});

test('the table shows bars and values with their units, times, and injected beside recovered', () => {
  const table = tableOf(givenResult());
  expect(table).toMatch(/^submit → receipt, p99 +< 100 ms +112 ms +BROKEN$/m);
  expect(table).toMatch(/^checks that held += 100 % +99\.99 % +BROKEN$/m);
  expect(table).toMatch(/^submit → receipt +10 ms +30 ms +112 ms +1\.32 s +20$/m);
  expect(table).toMatch(/^tasks accepted +1 234 +123 a second$/m);
  expect(table).toMatch(/^bells lost +3 +–\ncrashes +7 +6$/m);
  expect(table).toMatch(/2 of 4 promises were BROKEN\.$/);
});

test('the report needs nothing else, and nothing in it is read as markup', () => {
  const html = reportOf(givenResult({ url: '<script>alert(1)</script>"&', throwAway: false }));
  expect(html).toContain('&lt;script&gt;alert(1)&lt;/script&gt;&quot;&amp;');
  expect(html).not.toMatch(/<script|<link|<img|@import|url\(|src=|href=/);
  expect(html).toContain('<svg');
  expect(html).toContain('npm run load -- smoke --url');
});

test('a time or a rate that was never measured keeps no promise, whatever k6 says', () => {
  const [bar, ok] = ['p(99)<100', { ok: true }];
  const unmeasured = (type: 'trend' | 'rate', values: Record<string, number>) =>
    ({ type, contains: 'default', values, thresholds: { [bar]: ok } }) as const;
  const { thresholds } = givenResult(
    {},
    {
      accept_ms: unmeasured('trend', { count: 0, 'p(99)': 0 }),
      checks: unmeasured('rate', { rate: 0, passes: 0, fails: 0 }),
    },
  );
  const unkept = thresholds.filter(({ kept }) => !kept).map(({ metric, value }) => [metric, value]);
  expect(unkept).toEqual([
    ['checks', null],
    ['accept_ms', null],
  ]);
});

test('how to repeat a run at a URL says the whole of it', () => {
  const at = { url: 'https://tasks.example.com/dev', throwAway: false, options: { short: true } };
  expect(repeatOf(givenResult(at))).toBe('npm run load -- smoke --url https://tasks.example.com/dev --short');
});

test('how to repeat a run says what was typed, and no key', () => {
  const options = { rate: 50, short: true, shape: 'spike' as const, batch: 10, viewers: 2 };
  expect(repeatOf(givenResult({ options, engine: 'twin', scenario: 'end-to-end' }))).toBe(
    'npm run load -- end-to-end --twin --rate 50 --short --shape spike --batch 10 --viewers 2',
  );
});

test('a comparison shows ratios, says what else differs, and what has changed sides', () => {
  const trend = summary.metrics['accept_ms']!;
  const faster = { ...trend, values: { ...trend.values, 'p(99)': 56.2 }, thresholds: { 'p(99)<100': { ok: true } } };
  const after = givenResult({ engine: 'aws', options: { short: false, rate: 5 } }, { accept_ms: faster });
  const comparison = comparisonOf(givenResult(), after);
  expect(comparison).toMatch(/^submit → receipt, p99 +112 ms +56\.2 ms +0\.50 ×$/m);
  expect(comparison).toContain('Kept again: submit → receipt, p99.');
  expect(comparison).toContain('They differ in more than time: engine one machine and AWS.');
  expect(differencesOf(givenResult(), after)).toContain('options short true and rate 5');
  expect(differencesOf(givenResult(), givenResult({ url: 'http://127.0.0.1:9' }))).toEqual([]);
});
