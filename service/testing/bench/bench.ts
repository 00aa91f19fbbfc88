/**
 * npm run bench: the whole server against the floor (floor-server.ts), from the first submit to the last final state,
 * both sides alternating in one run; then memory and list pages as the ledger grows. Figures are ratios.
 */
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as sleep } from 'node:timers/promises';
import type { RealServer } from '../real-server.ts';
import { freePort, startServer } from '../real-server.ts';
import { postRequest, send } from './load-client.ts';

const ROUNDS = 5;
const WARM_UP = 8_000;
/** Attempts at once: the server's own default, said to the floor too, so that both commit as many tasks together. */
const CONCURRENCY = '50';
const BAR = 0.5;
const GROWTH_BAR = 1.2;

interface Side {
  readonly server: RealServer;
  readonly dataDir: string;
  close(): Promise<void>;
}

async function open(entry: string, nodeArgs: readonly string[] = []): Promise<Side> {
  const dataDir = mkdtempSync(path.join(tmpdir(), 'holdfast-bench-'));
  const server = await startServer({
    dataDir,
    port: await freePort(),
    entry,
    nodeArgs,
    env: { LOG_LEVEL: 'warn', WORKER_CONCURRENCY: CONCURRENCY },
  });
  const close = async () => {
    await server.stop();
    rmSync(dataDir, { recursive: true, force: true });
  };
  return { server, dataDir, close };
}

let serial = 0;
const newTask = () => ({
  taskId: `bench-${(serial += 1)}-x`,
  type: 'simulate',
  payload: { failureRate: 0, data: 'x'.repeat(240) },
});
const single = () => postRequest('/tasks', newTask());
const batch = () => postRequest('/tasks/batch', { tasks: Array.from({ length: 100 }, newTask) });
const many = (count: number, make: () => Buffer): Buffer[] => Array.from({ length: count }, make);

/** Open tasks in the ledger itself: no side is measured by its own word. */
async function untilAllFinal({ dataDir }: Side): Promise<void> {
  const ledger = new DatabaseSync(path.join(dataDir, 'ledger.sqlite'), { readOnly: true });
  const anyOpen = ledger.prepare('SELECT 1 FROM task WHERE due_ms IS NOT NULL LIMIT 1');
  while (anyOpen.get() !== undefined) await sleep(3);
  ledger.close();
}

interface Scenario {
  readonly name: string;
  readonly tasks: number;
  readonly load: () => { requests: Buffer[]; connections: number; expectStatus: number };
}

const SCENARIOS: readonly Scenario[] = [
  {
    name: '10 000 tasks in batches of 100',
    tasks: 10_000,
    load: () => ({ requests: many(100, batch), connections: 4, expectStatus: 200 }),
  },
  {
    name: '5 000 single submits at concurrency 50',
    tasks: 5_000,
    load: () => ({ requests: many(5_000, single), connections: 50, expectStatus: 202 }),
  },
];

/** Tasks per second from the first submit to the last final state. */
async function measure(side: Side, { tasks, load }: Scenario): Promise<number> {
  const planned = load();
  const startMs = performance.now();
  await send({ port: side.server.port, ...planned });
  await untilAllFinal(side);
  return (1_000 * tasks) / (performance.now() - startMs);
}

const median = (values: readonly number[]): number => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)]!;
const rounded = (value: number): string => value.toFixed(2);

async function compare(scenario: Scenario): Promise<boolean> {
  const [product, floor] = [await open('server.ts'), await open('testing/bench/floor-server.ts')];
  const warmUp = { requests: many(WARM_UP / 100, batch), connections: 4, expectStatus: 200 };
  for (const side of [product, floor]) {
    await send({ port: side.server.port, ...warmUp, requests: many(WARM_UP / 100, batch) });
    await untilAllFinal(side);
  }
  const rounds: { product: number; floor: number }[] = [];
  for (let i = 0; i < ROUNDS; i += 1) {
    const order = i % 2 === 0 ? [product, floor] : [floor, product];
    const speeds = new Map<Side, number>();
    for (const side of order) speeds.set(side, await measure(side, scenario));
    rounds.push({ product: speeds.get(product)!, floor: speeds.get(floor)! });
  }
  await Promise.all([product.close(), floor.close()]);
  return reportRounds(scenario.name, rounds);
}

function reportRounds(name: string, rounds: readonly { product: number; floor: number }[]): boolean {
  const ratios = rounds.map(({ product, floor }) => product / floor);
  const ratio = median(ratios);
  const spread = Math.max(...ratios.map((each) => Math.abs(each / ratio - 1)));
  console.log(`\n${name}, submit → final`);
  for (const { product, floor } of rounds) {
    const line = `product ${product.toFixed(0)}/s  floor ${floor.toFixed(0)}/s  ratio ${rounded(product / floor)}`;
    console.log(`  ${line}`);
  }
  const verdict = ratio >= BAR ? 'reached' : 'NOT reached';
  console.log(`  median ratio ${rounded(ratio)} (spread ±${(100 * spread).toFixed(0)} %), bar ≥ ${BAR}: ${verdict}`);
  return ratio >= BAR;
}

async function fill(side: Side, tasks: number): Promise<void> {
  await send({ port: side.server.port, requests: many(tasks / 100, batch), connections: 4, expectStatus: 200 });
  await untilAllFinal(side);
}

async function heapOf({ server }: Side): Promise<number> {
  await sleep(500);
  server.process.send('heap?');
  const [bytes] = (await once(server.process, 'message')) as [number];
  return bytes;
}

/** The median time of a list page, in ms, one side after the other in each round. */
async function listTimes(sides: readonly Side[]): Promise<number[]> {
  const times = sides.map((): number[] => []);
  for (let i = 0; i < 300; i += 1) {
    for (const [n, { server }] of sides.entries()) {
      const startMs = performance.now();
      await (await fetch(`${server.url}/tasks?limit=25`)).arrayBuffer();
      if (i >= 50) times[n]!.push(performance.now() - startMs);
    }
  }
  return times.map(median);
}

function reportGrowth(name: string, { small, large }: { small: number; large: number }): boolean {
  const ratio = large / small;
  console.log(
    `  ${name}: ratio ${rounded(ratio)}, bar ≤ ${GROWTH_BAR}: ${ratio <= GROWTH_BAR ? 'reached' : 'NOT reached'}`,
  );
  return ratio <= GROWTH_BAR;
}

async function growth(): Promise<boolean> {
  const probe = ['--expose-gc', '--import', path.join(import.meta.dirname, 'heap-probe.ts')];
  const [large, small] = [await open('server.ts', probe), await open('server.ts')];
  console.log('\ngrowth of the ledger');
  await fill(small, 1_000);
  await fill(large, 20_000);
  const heapAt20 = await heapOf(large);
  await fill(large, 80_000);
  const heapAt100 = await heapOf(large);
  const [pageSmall, pageLarge] = await listTimes([small, large]);
  const mib = (bytes: number) => `${(bytes / 2 ** 20).toFixed(1)} MiB`;
  const heapName = `heap with 100 000 final tasks (${mib(heapAt100)}) against 20 000 (${mib(heapAt20)})`;
  const pageName = `list page at 100 000 tasks (${rounded(pageLarge!)} ms) against 1 000 (${rounded(pageSmall!)} ms)`;
  const reached = [
    reportGrowth(heapName, { small: heapAt20, large: heapAt100 }),
    reportGrowth(pageName, { small: pageSmall!, large: pageLarge! }),
  ];
  await Promise.all([large.close(), small.close()]);
  return reached.every(Boolean);
}

const reached: boolean[] = [];
for (const scenario of SCENARIOS) reached.push(await compare(scenario));
reached.push(await growth());
process.exitCode = reached.every(Boolean) ? 0 : 1;
