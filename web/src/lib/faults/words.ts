/** Faults, and what puts them right, in words. */
import type { FaultLab, FaultSettings } from '@holdfast/api/types';

/** A rate as people write it; no digits that come from reckoning alone. */
export const percentOf = (rate: number): number => Number((rate * 100).toPrecision(12));
export const rateOf = (percent: number): number => Number((percent / 100).toPrecision(12));

const share = (rate: number | undefined, words: string): string[] =>
  rate === undefined || rate === 0 ? [] : [`${percentOf(rate)} % ${words}`];

/** What is on, one sentence each. */
export function sayFaults({ types = [], doorbell = {}, ledger = {} }: FaultSettings): readonly string[] {
  return [
    ...types.flatMap(({ type, failureRate, failureClass = 'NETWORK', delaySeconds = 0, crashRate }) => [
      ...share(crashRate, `of the attempts of ${type} crash their process`),
      ...share(failureRate, `of the attempts of ${type} fail with ${failureClass}`),
      ...(delaySeconds > 0 ? [`attempts of ${type} begin ${delaySeconds} s later`] : []),
    ]),
    ...share(doorbell.loseRate, 'of the bells are lost'),
    ...share(doorbell.duplicateRate, 'of the bells ring twice'),
    ...share(ledger.refuseRate, 'of the reads and writes of the ledger are refused'),
    ...share(ledger.loseReplyRate, 'of the replies of the ledger are lost'),
  ];
}

export interface Count {
  readonly what: string;
  readonly injected: (lab: FaultLab) => number;
  /** None where nothing has to be put right, or nobody can count it. */
  readonly recovered?: (lab: FaultLab) => number;
  readonly how: string;
}

export const COUNTS: readonly Count[] = [
  {
    what: 'Attempts that failed',
    injected: ({ injected }) => injected.failures,
    recovered: ({ recovered }) => recovered.retried,
    how: 'failed attempts with another one planned',
  },
  {
    what: 'Processes that crashed',
    injected: ({ injected }) => injected.crashes,
    recovered: ({ recovered }) => recovered.reaped,
    how: 'lost attempts ended for another one',
  },
  {
    what: 'Attempts that began late',
    injected: ({ injected }) => injected.delays,
    how: 'they run all the same',
  },
  {
    what: 'Bells lost',
    injected: ({ injected }) => injected.bellsLost,
    recovered: ({ recovered }) => recovered.rungAgain,
    how: 'waiting tasks that the sweep rang again',
  },
  {
    what: 'Bells rung twice',
    injected: ({ injected }) => injected.bellsDuplicated,
    how: 'the second one finds nothing to do',
  },
  {
    what: 'Ledger refusals',
    injected: ({ injected }) => injected.ledgerRefusals,
    how: 'whoever asked asks again',
  },
  {
    what: 'Ledger replies lost',
    injected: ({ injected }) => injected.ledgerRepliesLost,
    how: 'asked again, it changes nothing twice',
  },
];

/** `2:05`, `1:00:00`: a clock that runs down. */
export function clockOf(leftMs: number): string {
  const seconds = Math.max(0, Math.ceil(leftMs / 1_000));
  const parts = [Math.floor(seconds / 3_600), Math.floor(seconds / 60) % 60, seconds % 60];
  const [hours, ...rest] = parts;
  const shown = hours === 0 ? rest : parts;
  return shown.map((part, index) => (index === 0 ? String(part) : String(part).padStart(2, '0'))).join(':');
}
