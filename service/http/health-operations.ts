/** getHealth and getReadiness: alive, and doing its work. */
import type { Operations } from '@holdfast/api/operation';
import type { Readiness } from '@holdfast/api/types';
import { MINUTE } from '../core/rules.ts';
import type { Asked, Facts, House } from './house.ts';
import { timestamp } from './view.ts';

type Check = Readiness['checks'][number];

/** Whatever last went well longer ago does not go well. */
const FRESH_MS = MINUTE;
const RETRY_AFTER_SECONDS = 5;

export function healthOperations(house: House): Pick<Operations<Asked>, 'getHealth' | 'getReadiness'> {
  return {
    getHealth: () => ({ status: 200, body: { status: 'ok', version: house.version } }),
    getReadiness: async () => {
      const checks = checksOf(await house.facts(), house.desk.ports.clock.nowMs());
      if (checks.every(({ ok }) => ok) && !house.stopping.aborted) {
        return { status: 200, body: { status: 'ready', checks } };
      }
      return { status: 503, body: { status: 'unready', checks }, headers: { 'Retry-After': RETRY_AFTER_SECONDS } };
    },
  };
}

function checksOf({ lastWriteAtMs, lastSweepAtMs, workersReady, workersProblem }: Facts, nowMs: number): Check[] {
  return [
    freshCheck('ledger', { lastAtMs: lastWriteAtMs, nowMs, stale: 'No write for a minute; look at the disk.' }),
    freshCheck('sweep', {
      lastAtMs: lastSweepAtMs,
      nowMs,
      stale: 'No sweep for a minute; look for errors in the log.',
    }),
    {
      name: 'workers',
      ok: workersReady > 0,
      lastAt: workersReady > 0 ? timestamp(nowMs) : null,
      detail: workersReady > 0 ? null : (workersProblem ?? 'No worker is ready yet.'),
    },
  ];
}

interface Freshness {
  readonly lastAtMs: number | undefined;
  readonly nowMs: number;
  readonly stale: string;
}

function freshCheck(name: Check['name'], { lastAtMs, nowMs, stale }: Freshness): Check {
  const ok = lastAtMs !== undefined && nowMs - lastAtMs < FRESH_MS;
  return { name, ok, lastAt: lastAtMs === undefined ? null : timestamp(lastAtMs), detail: ok ? null : stale };
}
