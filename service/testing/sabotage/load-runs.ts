/** A scenario of the load runs, with real k6, against a server of its own whose sources were copied, perhaps with one line changed. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { ScenarioName } from '../../../load/host/arguments.ts';
import { run } from '../../../load/host/run.ts';
import { freePort, startServer } from '../real-server.ts';
import { openCopy } from './copies.ts';
import type { Patch } from './patch.ts';

export interface Verdict {
  /** Of the command: 0, or 99 when a threshold was broken. */
  readonly code: number;
  /** The metrics whose thresholds were broken, sorted. */
  readonly broken: readonly string[];
}

const AS_THE_COMMAND_STARTS_IT = { FAULTS_ALLOWED: '1', TIMING: 'short', LOG_LEVEL: 'error' };

export async function playLoad(patch: Patch | undefined, scenario: ScenarioName): Promise<Verdict> {
  const copy = await openCopy(patch, `${scenario} ${patch?.name ?? 'control'}`);
  const dataDir = await mkdtemp(path.join(tmpdir(), 'holdfast-sabotage-'));
  const server = await startServer({
    ...{ dataDir, port: await freePort(), root: copy.root },
    env: AS_THE_COMMAND_STARTS_IT,
  });
  try {
    return await verdictOn(scenario, server.url);
  } finally {
    await server.stop();
    await rm(dataDir, { recursive: true, force: true });
    await copy.remove();
  }
}

async function verdictOn(scenario: ScenarioName, url: string): Promise<Verdict> {
  const order = { kind: 'run', scenario, url, key: undefined, rate: undefined, twin: false, short: true } as const;
  const { code, summary } = await run(order, console.log);
  const broken = Object.entries(summary.metrics).filter(([, { thresholds = {} }]) =>
    Object.values(thresholds).some(({ ok }) => !ok),
  );
  return { code, broken: broken.map(([metric]) => metric).toSorted() };
}
