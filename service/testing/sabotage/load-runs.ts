/** `npm run load` with real k6, against a server of its own whose sources were copied, perhaps with one line changed. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { ScenarioName } from '../../../load/host/arguments.ts';
import type { Result } from '../../../load/host/result.ts';
import { freePort, startServer } from '../real-server.ts';
import { openCopy } from './copies.ts';
import type { Patch } from './patch.ts';

const COMMAND = path.resolve(import.meta.dirname, '../../../load/command.ts');
const ENTRIES = { 'one-machine': 'server.ts', twin: 'testing/twin/twin-command.ts' } as const;
const AS_THE_COMMAND_STARTS_IT = { FAULTS_ALLOWED: '1', TIMING: 'short', LOG_LEVEL: 'error' };
const EXIT_CODES = { kept: 0, broken: 99 };
/** Judged on a machine that has nothing else to do: here several runs share its cores. */
const TIMES = new Set(['accept_ms', 'end_to_end_ms', 'retry_late_ms', 'delivery_ms']);

export interface LoadPlay {
  readonly scenario: ScenarioName;
  readonly engine: keyof typeof ENTRIES;
}

/** The metrics whose bars were broken, sorted, but for those that a busy machine breaks. Throws when the run itself fails. */
export async function playLoad(patch: Patch | undefined, { scenario, engine }: LoadPlay): Promise<string[]> {
  const copy = await openCopy(patch, `${scenario} ${engine} ${patch?.name ?? 'control'}`);
  const dataDir = await mkdtemp(path.join(tmpdir(), 'holdfast-sabotage-'));
  const server = await startServer({
    ...{ dataDir, port: await freePort(), root: copy.root, entry: ENTRIES[engine] },
    env: AS_THE_COMMAND_STARTS_IT,
  });
  try {
    const { thresholds } = await resultOf(scenario, server.url);
    const broken = thresholds.filter(({ kept, metric }) => !kept && !TIMES.has(metric));
    return [...new Set(broken.map(({ metric }) => metric))].toSorted();
  } finally {
    await server.stop();
    await rm(dataDir, { recursive: true, force: true });
    await copy.remove();
  }
}

async function resultOf(scenario: ScenarioName, url: string): Promise<Result> {
  const child = spawn(process.execPath, [COMMAND, scenario, '--short', '--url', url]);
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const [code] = (await once(child, 'close')) as [number | null];
  const report = /^(.*)report\.html$/m.exec(output)?.[1];
  if (report === undefined) throw new Error(`The command ended with ${code} and without a report:\n${output}`);
  const result = JSON.parse(await readFile(path.join(report, 'result.json'), 'utf8')) as Result;
  const isKept = result.thresholds.every(({ kept }) => kept);
  if (code !== (isKept ? EXIT_CODES.kept : EXIT_CODES.broken))
    throw new Error(`The command ended with ${code}:\n${output}`);
  return result;
}
