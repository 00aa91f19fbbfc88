/** Fault labs, and refusals, for tests. */
import type { FaultLab, Problem } from '@holdfast/api/types';
import { ProblemError } from '@holdfast/sdk';

export const QUIET: FaultLab = {
  faults: {
    types: [],
    doorbell: { loseRate: 0, duplicateRate: 0 },
    ledger: { refuseRate: 0, loseReplyRate: 0 },
    endsAfterSeconds: 600,
  },
  endsAt: null,
  injected: {
    failures: 0,
    delays: 0,
    crashes: 0,
    bellsLost: 0,
    bellsDuplicated: 0,
    ledgerRefusals: 0,
    ledgerRepliesLost: 0,
  },
  recovered: { retried: 0, rungAgain: 0, reaped: 0 },
};

export const ROUGH: FaultLab = {
  ...QUIET,
  faults: {
    types: [{ type: 'simulate', failureRate: 0.2, failureClass: 'NETWORK', delaySeconds: 0, crashRate: 0.01 }],
    doorbell: { loseRate: 0.07, duplicateRate: 0 },
    ledger: { refuseRate: 0, loseReplyRate: 0.05 },
    endsAfterSeconds: 60,
  },
  endsAt: new Date(Date.now() + 125_000).toISOString(),
  injected: { ...QUIET.injected, failures: 201, bellsLost: 40 },
  recovered: { retried: 198, rungAgain: 37, reaped: 0 },
};

export const refusal = (code: Problem['code'], status: number, errors: Problem['errors'] = []): ProblemError =>
  new ProblemError(
    { code, status, title: code, detail: code, retryable: false, errors },
    { requestId: null, retryAfterSeconds: null },
  );
