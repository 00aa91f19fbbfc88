/** A scenario of the load runs, with real k6, against a server of its own whose sources were copied, perhaps with one line changed. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { ScenarioName } from '../../../load/host/arguments.ts';
import { run } from '../../../load/host/run.ts';
import { freePort, startServer } from '../real-server.ts';
import { openCopy } from './copies.ts';
import type { Patch } from './patch.ts';

const ENTRIES = { 'one-machine': 'server.ts', twin: 'testing/twin/twin-command.ts' } as const;
const AS_THE_COMMAND_STARTS_IT = { FAULTS_ALLOWED: '1', TIMING: 'short', LOG_LEVEL: 'error' };
/** Judged on a machine that has nothing else to do: here several runs share its cores. */
const TIMES = new Set(['accept_ms', 'end_to_end_ms', 'retry_late_ms']);

export interface LoadPlay {
  readonly scenario: ScenarioName;
  readonly engine: keyof typeof ENTRIES;
}

/** The metrics whose thresholds were broken, sorted, but for those that a busy machine breaks. Throws when the run itself fails. */
export async function playLoad(patch: Patch | undefined, { scenario, engine }: LoadPlay): Promise<string[]> {
  const copy = await openCopy(patch, `${scenario} ${engine} ${patch?.name ?? 'control'}`);
  const dataDir = await mkdtemp(path.join(tmpdir(), 'holdfast-sabotage-'));
  const server = await startServer({
    ...{ dataDir, port: await freePort(), root: copy.root, entry: ENTRIES[engine] },
    env: AS_THE_COMMAND_STARTS_IT,
  });
  try {
    return await brokenBy(scenario, server.url);
  } finally {
    await server.stop();
    await rm(dataDir, { recursive: true, force: true });
    await copy.remove();
  }
}

async function brokenBy(scenario: ScenarioName, url: string): Promise<string[]> {
  const order = { kind: 'run', scenario, url, key: undefined, rate: undefined, twin: false, short: true } as const;
  const { code, summary } = await run(order, console.log);
  const broken = Object.entries(summary.metrics)
    .filter(([, { thresholds = {} }]) => Object.values(thresholds).some(({ ok }) => !ok))
    .map(([metric]) => metric);
  if (code !== (broken.length === 0 ? 0 : 99))
    throw new Error(`Exit code ${code}, though these broke: ${broken.join(', ')}`);
  return broken.filter((metric) => !TIMES.has(metric)).toSorted();
}
