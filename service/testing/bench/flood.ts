/**
 * npm run bench -- flood: a quiet tenant at 20 requests a second, and beside it one that floods: single submits and batches at
 * concurrency 100 whatever it is answered, and within its rate tasks that take a minute. Two servers, one of them never
 * flooded, in turn; the figure is the quiet tenant's p95 on the one against the other. All share the cores of the machine.
 */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { RealServer } from '../real-server.ts';
import { freePort, startServer } from '../real-server.ts';
import { keyIn } from '../given-keys.ts';
import type { FloodKind, FloodOrder, FloodReport } from './flooder.ts';
import type { QuietReport } from './quiet-tenant.ts';
import { beQuiet } from './quiet-tenant.ts';

const ROUNDS = 5;
const ROUND_SECONDS = 6;
const BAR = 1.5;
/** Of /proc/<pid>/stat. */
const TICK_MS = 10;
const ALL: readonly FloodKind[] = ['singles', 'batches', 'long tasks'];
const named = process.argv.slice(2);
const FLOODS = ALL.filter((flood) => named.length === 0 || named.includes(flood));

interface Round extends QuietReport {
  readonly cpu: number;
}

interface Pair {
  readonly without: Round;
  readonly beside: Round;
}

interface Side {
  readonly server: RealServer;
  readonly keys: { readonly quiet: string; readonly flood: string };
  close(): Promise<void>;
}

async function open(): Promise<Side> {
  const dataDir = mkdtempSync(path.join(tmpdir(), 'holdfast-bench-'));
  const keys = { quiet: keyIn(dataDir, 'quiet'), flood: keyIn(dataDir, 'flood') };
  const env = { LOG_LEVEL: 'warn', IDENTITY: 'required' };
  const server = await startServer({ dataDir, port: await freePort(), env });
  const close = async () => {
    await server.stop();
    rmSync(dataDir, { recursive: true, force: true });
  };
  return { server, keys, close };
}

/** What the server itself takes of a core, in percent, since now: unlike times it does not depend on what else runs. */
function cpuMeter({ server }: Side): () => number {
  const spentMs = (): number => {
    const fields = readFileSync(`/proc/${server.process.pid}/stat`, 'utf8').split(') ')[1]!.split(' ');
    return (Number(fields[11]) + Number(fields[12])) * TICK_MS;
  };
  const [fromMs, spentBeforeMs] = [performance.now(), spentMs()];
  return () => (100 * (spentMs() - spentBeforeMs)) / (performance.now() - fromMs);
}

const flooder = fork(path.join(import.meta.dirname, 'flooder.ts'));

/** After two seconds in which caches and bursts have passed. */
async function measured(side: Side): Promise<Round> {
  const quiet = { url: side.server.url, key: side.keys.quiet };
  await beQuiet({ ...quiet, seconds: 2 });
  const cpu = cpuMeter(side);
  return { ...(await beQuiet({ ...quiet, seconds: ROUND_SECONDS })), cpu: cpu() };
}

async function flooded(side: Side, flood: FloodKind, round: number): Promise<{ beside: Round; answers: FloodReport }> {
  const begin: FloodOrder = { kind: 'begin', flood, port: side.server.port, key: side.keys.flood, round };
  flooder.send(begin);
  const beside = await measured(side);
  flooder.send({ kind: 'end' } satisfies FloodOrder);
  const [answers] = (await once(flooder, 'message')) as [FloodReport];
  return { beside, answers };
}

const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!;
const PARTS = ['submit', 'read', 'done'] as const;
const shownOf = (round: Round): string =>
  `${PARTS.map((part) => `${part} ${round[part].toFixed(1)}`).join('  ')}  CPU ${round.cpu.toFixed(0)} %`;

async function compare(calm: Side, beset: Side, flood: FloodKind): Promise<boolean> {
  console.log(`\n${flood}: the quiet tenant's p95 in ms (submit, read, submit → succeeded)`);
  const rounds: Pair[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const isFirst = round % 2 === 0;
    const before = isFirst ? await measured(calm) : undefined;
    const { beside, answers } = await flooded(beset, flood, round);
    const without = before ?? (await measured(calm));
    rounds.push({ without, beside });
    console.log(`  alone ${shownOf(without)}   beside ${shownOf(beside)}  refused ${beside.refused}`);
    console.log(`    the flood was answered ${JSON.stringify(answers)}`);
  }
  return PARTS.map((part) => report(part, rounds)).every(Boolean) && rounds.every(({ beside }) => beside.refused === 0);
}

function report(part: (typeof PARTS)[number], rounds: readonly Pair[]): boolean {
  const ratios = rounds.map(({ without, beside }) => beside[part] / without[part]);
  const ratio = median(ratios);
  const shown = `${Math.min(...ratios).toFixed(2)}–${Math.max(...ratios).toFixed(2)}`;
  console.log(
    `  ${part}: median ratio ${ratio.toFixed(2)} (${shown}), bar ≤ ${BAR}: ${ratio <= BAR ? 'reached' : 'NOT reached'}`,
  );
  return ratio <= BAR;
}

const [calm, beset] = [await open(), await open()];
for (const side of [calm, beset]) await measured(side);
const reached: boolean[] = [];
for (const flood of FLOODS) reached.push(await compare(calm, beset, flood));
flooder.disconnect();
await Promise.all([calm.close(), beset.close()]);
process.exitCode = reached.every(Boolean) ? 0 : 1;
