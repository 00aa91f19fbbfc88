/** Two results side by side. Nothing is judged: whether a difference matters is for people, who are told what else differs. */
import type { Result } from './result.ts';
import { statOf } from './result.ts';
import { circumstancesOf, titleOf } from './rows.ts';
import { columns } from './table.ts';
import { ENGINES, nameOf, shown, subjectOf } from './words.ts';

const STATS = { trend: ['med', 'p(95)', 'p(99)'], counter: ['count'], gauge: ['value'], rate: ['rate'] } as const;

export function comparisonOf(before: Result, after: Result): string {
  const warnings = differencesOf(before, after).map((what) => `They differ in more than time: ${what}.`);
  const rows = [...measuredIn(before, after), ...memoryIn(before, after)];
  return [
    `before  ${titleOf(before)}`,
    `        ${circumstancesOf(before)}`,
    `after   ${titleOf(after)}`,
    `        ${circumstancesOf(after)}`,
    ...warnings,
    '',
    ...columns([['', 'before', 'after', 'after / before'], ...rows]),
    ...changedVerdicts(before, after),
  ].join('\n');
}

export function differencesOf(before: Result, after: Result): string[] {
  const pairs: [string, string, string][] = [
    ['scenario', before.scenario, after.scenario],
    ['engine', ENGINES[before.engine], ENGINES[after.engine]],
    ['server', serverOf(before), serverOf(after)],
    ['options', optionsOf(before), optionsOf(after)],
    ['Holdfast', before.holdfast, after.holdfast],
    ['k6', before.k6, after.k6],
  ];
  return pairs.filter(([, was, is]) => was !== is).map(([what, was, is]) => `${what} ${was} and ${is}`);
}

/** The port of a throw-away server is by chance. */
const serverOf = ({ throwAway, url }: Result): string => (throwAway ? 'one of the run' : url);

function optionsOf({ options }: Result): string {
  const said = Object.entries(options).filter(([, value]) => value !== false);
  return (
    said
      .map(([name, value]) => `${name} ${String(value)}`)
      .toSorted()
      .join(', ') || '(none)'
  );
}

function measuredIn(before: Result, after: Result): string[][] {
  const names = [...new Set([...Object.keys(before.numbers), ...Object.keys(after.numbers)])];
  return names.flatMap((name) => {
    const [was, is] = [before.numbers[name], after.numbers[name]];
    return STATS[(was ?? is)!.kind].map((stat) =>
      row(
        { subject: stat === 'count' ? nameOf(name) : subjectOf(name, stat), metric: name, stat },
        was?.values[stat],
        is?.values[stat],
      ),
    );
  });
}

interface Cell {
  readonly subject: string;
  readonly metric: string;
  readonly stat: string;
}

const row = ({ subject, metric, stat }: Cell, was: number | undefined, is: number | undefined): string[] => [
  subject,
  shown(metric, stat, was),
  shown(metric, stat, is),
  was === undefined || is === undefined || was === 0 ? '' : `${(is / was).toFixed(2)} ×`,
];

const memoryIn = (before: Result, after: Result): string[][] =>
  before.memory === null && after.memory === null
    ? []
    : [
        row(
          { subject: 'memory of the server', metric: '_mib', stat: '' },
          before.memory?.lastMiB,
          after.memory?.lastMiB,
        ),
      ];

function changedVerdicts(before: Result, after: Result): string[] {
  const was = new Map(before.thresholds.map(({ metric, bar, kept }) => [`${metric} ${bar}`, kept]));
  const changed = after.thresholds.filter(({ metric, bar, kept }) => (was.get(`${metric} ${bar}`) ?? kept) !== kept);
  const lines = changed.map(({ metric, bar, kept }) => {
    const subject = subjectOf(metric, bar);
    return kept
      ? `Kept again: ${subject}.`
      : `BROKEN now: ${subject} (${shown(metric, statOf(bar), valueIn(after, metric, bar))}).`;
  });
  return lines.length === 0 ? [] : ['', ...lines];
}

const valueIn = ({ thresholds }: Result, metric: string, bar: string): number | null | undefined =>
  thresholds.find((each) => each.metric === metric && each.bar === bar)?.value;
