/**
 * npm run cost -- [--tasks N] [--seed N] [--heat]: what tasks use and cost on AWS, beside the naive design, against the bars, and
 * how hot keys get when asked. Ends with 1 when a bar is not kept. Virtual time: the figures are the same in every run.
 */
import { parseArgs } from 'node:util';
import { costOf, dollarsOf, PRICES, PRICES_OF } from '../meter/prices.ts';
import type { Quantity } from '../meter/usage.ts';
import { perTask, QUANTITIES } from '../meter/usage.ts';
import type { Bar, Ran } from './bars.ts';
import { dollarsPerMillion, failureBars, happyBars, heatBars, isKept, priceBars } from './bars.ts';
import { TAKES_MS } from './cloud.ts';
import { runHoldfast, runIdle } from './holdfast.ts';
import { runNaive } from './naive.ts';
import type { CostRun, Workload } from './workload.ts';
import { WORKLOAD } from './workload.ts';

const MILLION = 1_000_000;
const HEAT = { perSecond: 4000, tasks: 20_000, hasLists: false };

const USAGE = 'npm run cost -- [--tasks N] [--seed N] [--heat]';

function refuse(sentence: string): never {
  console.error(`${sentence}\n${USAGE}`);
  process.exit(2);
}

function typed() {
  const tasks = { type: 'string', default: String(WORKLOAD.tasks) } as const;
  const seed = { type: 'string', default: '1' } as const;
  const heat = { type: 'boolean', default: false } as const;
  try {
    return parseArgs({ options: { tasks, seed, heat } }).values;
  } catch (error) {
    return refuse((error as Error).message);
  }
}

const values = typed();

function whole(name: string, text: string): number {
  const value = Number(text);
  if (Number.isSafeInteger(value) && value > 0) return value;
  return refuse(`--${name} takes a whole number above 0, not "${text}".`);
}

const basis = { ...WORKLOAD, tasks: whole('tasks', values.tasks), seed: whole('seed', values.seed) };

async function ran(run: (workload: Workload) => Promise<CostRun>, over: Partial<Workload>): Promise<Ran> {
  const workload = { ...basis, ...over };
  return { workload, run: await run(workload) };
}

const amount = (value: number): string => (value >= 1000 ? Math.round(value).toString() : value.toFixed(4));

/** Quantities in rows, designs in columns: for a task, and in dollars for a million. */
function printTable(columns: readonly (readonly [string, Ran])[]): void {
  const row = (name: string, cells: readonly string[]): void =>
    console.log(name.padEnd(44), ...cells.map((cell) => cell.padStart(20)));
  row(
    'for a task · $ for a million',
    columns.map(([name]) => name),
  );
  const cell = ({ workload, run }: Ran, quantity: Quantity): string => {
    const each = perTask(run.usage, workload.tasks)[quantity];
    return `${amount(each)} ${costOf(quantity, each * MILLION)
      .toFixed(2)
      .padStart(6)}`;
  };
  for (const quantity of QUANTITIES)
    row(
      `${PRICES[quantity].what} (${quantity})`.slice(0, 44),
      columns.map(([, each]) => cell(each, quantity)),
    );
  row(
    'dollars for a million tasks',
    columns.map(([, each]) => dollarsPerMillion(each).toFixed(2)),
  );
}

function printBars(title: string, bars: readonly Bar[]): boolean {
  console.log(`\n${title}`);
  for (const bar of bars)
    console.log(
      ` ${isKept(bar) ? 'ok ' : 'NOT'} ${amount(bar.is).padStart(10)} of at most ${bar.atMost.toFixed(3).padStart(8)}  ${bar.what}`,
    );
  return bars.every(isKept);
}

console.log(
  `${basis.tasks} tasks of ${basis.payloadBytes} bytes, ${basis.perSecond} a second, ${basis.viewers} viewers. Prices: ${PRICES_OF.region}, ` +
    `${PRICES_OF.currency}, ${PRICES_OF.asOf}, without free tier. Assumed: DynamoDB answers in ${TAKES_MS.dynamo} ms, SQS in ${TAKES_MS.sqs}, ` +
    `API Gateway in ${TAKES_MS.gateway}, ${TAKES_MS.own} ms of its own an invocation; bells come in batches of ten but where it says "alone".\n`,
);
const naive = await ran(runNaive, {});
const own = await ran(runHoldfast, {});
const inBatches = await ran(runHoldfast, { inBatches: true });
const alone = await ran(runHoldfast, { isGathered: false });
const failing = await ran(runHoldfast, { failureRate: 0.2 });
printTable([
  ['naive', naive],
  ['Holdfast', own],
  ['ten in a request', inBatches],
  ['bells alone', alone],
  ['20 % of attempts fail', failing],
]);
const happy = await ran(runHoldfast, { hasLists: false });
const happyInBatches = await ran(runHoldfast, { hasLists: false, inBatches: true });
const idle = await runIdle();
console.log(`\nA month in which nothing happens: $${dollarsOf(idle).toFixed(2)}. Of it:`);
for (const quantity of QUANTITIES)
  if (costOf(quantity, idle[quantity]) >= 0.01)
    console.log(
      `  $${costOf(quantity, idle[quantity]).toFixed(2)} ${PRICES[quantity].what}: ${amount(idle[quantity])}`,
    );
const verdicts = [
  printBars('A task that succeeds at once, without anybody who lists', [
    ...happyBars(happy),
    ...happyBars(happyInBatches),
  ]),
  printBars('Price, with viewers who list every 30 s', priceBars(own, naive)),
  printBars('Failures', failureBars(failing)),
];
if (values.heat)
  for (const over of [false, true].map((inBatches) => ({ ...HEAT, inBatches }))) {
    const { run } = await ran(runHoldfast, over);
    const how = over.inBatches ? 'ten in a request' : 'each by itself';
    verdicts.push(printBars(`Heat at ${HEAT.perSecond} tasks/s of one tenant, ${how}`, heatBars(run.hottest)));
    const counters = run.hottest.filter(({ key }) => key.startsWith('K#'));
    for (const { key, writes, reads } of [...run.hottest.slice(0, 3), ...counters.slice(0, 2)])
      console.log(`      ${key}: ${writes} write units, ${reads} read units`);
  }
process.exitCode = verdicts.every(Boolean) ? 0 : 1;
