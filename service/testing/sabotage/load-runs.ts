/** `npm run load` with real k6, against a server of its own whose sources were copied, perhaps with one line changed. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { ScenarioName } from '../../../load/host/arguments.ts';
import type { Result } from '../../../load/host/result.ts';
import { freePort, startServer } from '../real-server.ts';
import type { Heir } from '../../../load/host/heir.ts';
import { startHeir } from '../../../load/host/heir.ts';
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

/** Whoever plays does this at the end, whatever becomes of the play: a test that reaches its time limit waits for it no more. */
export type AtEnd = (clean: () => Promise<void>, withinMs: number) => void;

/** What is asked to end gets 10 s. */
const CLEANED_WITHIN_MS = 30_000;

/** The metrics whose bars were broken, sorted, but for those that a busy machine breaks. Throws when the run itself fails. */
export async function playLoad(patch: Patch | undefined, play: LoadPlay, atEnd: AtEnd): Promise<string[]> {
  const { scenario, engine } = play;
  const copy = await openCopy(patch, `${scenario} ${engine} ${patch?.name ?? 'control'}`);
  const dataDir = await mkdtemp(path.join(tmpdir(), 'holdfast-sabotage-'));
  // Also when this process is killed.
  const heir = startHeir(dataDir);
  atEnd(async () => {
    await heir.close();
    await copy.remove();
  }, CLEANED_WITHIN_MS);
  const server = await startServer({
    ...{ dataDir, port: await freePort(), root: copy.root, entry: ENTRIES[engine] },
    env: AS_THE_COMMAND_STARTS_IT,
  });
  heir.inherit(server.process.pid);
  const { thresholds } = await resultOf(scenario, server.url, heir);
  const broken = thresholds.filter(({ kept, metric }) => !kept && !TIMES.has(metric));
  return [...new Set(broken.map(({ metric }) => metric))].toSorted();
}

async function resultOf(scenario: ScenarioName, url: string, heir: Heir): Promise<Result> {
  const child = spawn(process.execPath, [COMMAND, scenario, '--short', '--url', url]);
  heir.inherit(child.pid);
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const [code] = (await once(child, 'close')) as [number | null];
  heir.release(child.pid);
  const report = /^(.*)report\.html$/m.exec(output)?.[1];
  if (report === undefined) throw new Error(`The command ended with ${code} and without a report:\n${output}`);
  const result = JSON.parse(await readFile(path.join(report, 'result.json'), 'utf8')) as Result;
  await rm(report, { recursive: true }); // "last" is nobody's sabotage
  const isKept = result.thresholds.every(({ kept }) => kept);
  if (code !== (isKept ? EXIT_CODES.kept : EXIT_CODES.broken))
    throw new Error(`The command ended with ${code}:\n${output}`);
  return result;
}
