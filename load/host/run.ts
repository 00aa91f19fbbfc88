/** One run: k6 with a scenario, against what is there or what is started for it. Out comes the result, which is kept. */
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Summary } from '../lib/summary.ts';
import type { RunOrder } from './arguments.ts';
import type { Child } from './child.ts';
import { startChild, stopChild } from './child.ts';
import type { K6 } from './find-k6.ts';
import { findK6, GO_FOLDERS, K6_CACHE } from './find-k6.ts';
import { startHeir } from './heir.ts';
import type { Heir } from './heir.ts';
import type { K6Log } from './k6-log.ts';
import { readK6Log } from './k6-log.ts';
import { watchMemory } from './memory.ts';
import type { Result } from './result.ts';
import { resultOf } from './result.ts';
import { CannotRun, INTERRUPTED } from './sentences.ts';
import { keep, newRun, RESULTS } from './store.ts';
import type { EngineName, Found } from './target.ts';
import { find } from './target.ts';
import { startThrowAway } from './throw-away.ts';

const LOAD = join(import.meta.dirname, '..');
const K6_STOPS_WITHIN_MS = 15_000;
/** What k6 answers when a threshold was crossed; any other code but 0 means that it could not do the run. */
const CROSSED = 99;
const SUMMARY = 'k6.json';
const LOG = 'k6.log';

export interface Watcher {
  readonly say: (line: string) => void;
  readonly interrupted: AbortSignal;
}

export interface Kept {
  readonly result: Result;
  /** The path of the report. */
  readonly report: string;
}

/** Throws CannotRun. */
export async function run(order: RunOrder, watcher: Watcher): Promise<Kept> {
  const k6 = await findK6({ environment: process.env, cache: K6_CACHE, goFolders: GO_FOLDERS, ...watcher });
  const there = order.url === undefined ? undefined : await find({ url: order.url, key: order.key });
  const engine = there?.engine ?? (order.twin ? 'twin' : 'one-machine');
  const name = newRun(`${order.scenario}-${engine}`, Date.now());
  const folder = join(RESULTS, name);
  try {
    return await runIn(folder, { order, watcher, k6, there, engine, name });
  } catch (error) {
    if (watcher.interrupted.aborted) rmSync(folder, { recursive: true, force: true });
    throw error;
  }
}

interface Plan {
  readonly order: RunOrder;
  readonly watcher: Watcher;
  readonly k6: K6;
  readonly there: Found | undefined;
  readonly engine: EngineName;
  readonly name: string;
}

async function runIn(folder: string, plan: Plan): Promise<Kept> {
  const { order, watcher, k6, engine, name } = plan;
  const target = await opened(folder, plan);
  try {
    const { holdfast } = plan.there ?? (await find({ url: target.url, key: undefined }));
    const startedAt = new Date().toISOString();
    const memory = target.pid === undefined ? undefined : watchMemory(target.pid);
    const done = await scenarioDone(folder, { ...plan, url: target.url, heir: target.heir });
    const measured = { ...done, memory: memory?.() };
    const { scenario, options } = order;
    const throwAway = target.pid !== undefined;
    const about = { run: name, scenario, engine, url: target.url, throwAway, startedAt, holdfast, options };
    if (watcher.interrupted.aborted) throw new CannotRun(INTERRUPTED);
    const result = resultOf({ ...about, k6: k6.version }, measured);
    return { result, report: keep(folder, result) };
  } finally {
    await target.stop();
  }
}

interface Target {
  readonly url: string;
  /** Of a server that was started for the run. */
  readonly pid?: number;
  readonly heir: Heir;
  stop(): Promise<void>;
}

async function opened(
  folder: string,
  { order: { url }, engine, watcher: { interrupted, say } }: Plan,
): Promise<Target> {
  if (url === undefined) {
    const kind = engine === 'twin' ? engine : 'one-machine';
    say(`Starting ${kind === 'twin' ? 'the twin of AWS' : 'a server'} for the run.`);
    return startThrowAway({ engine: kind, logFile: join(folder, 'server.log'), interrupted });
  }
  const heir = startHeir();
  return { url, heir, stop: () => heir.close() };
}

interface K6Plan extends Plan {
  readonly url: string;
  readonly heir: Heir;
}

/** Runs k6 to its end. Throws CannotRun when it could not do the run, with what k6 said. */
async function scenarioDone(folder: string, plan: K6Plan): Promise<{ summary: Summary; thrown: number }> {
  const { watcher } = plan;
  const child = startK6(join(folder, SUMMARY), plan);
  const stop = (): void => void stopChild(child, 'SIGINT', K6_STOPS_WITHIN_MS);
  watcher.interrupted.addEventListener('abort', stop);
  if (watcher.interrupted.aborted) stop();
  const logFile = join(folder, LOG);
  const [code, log] = await Promise.all([child.ended, readK6Log(child.process.stderr!, logFile, watcher.say)]);
  watcher.interrupted.removeEventListener('abort', stop);
  if (watcher.interrupted.aborted) throw new CannotRun(INTERRUPTED);
  if (code !== 0 && code !== CROSSED) throw new CannotRun(whyNot(code, log, logFile));
  return { summary: summaryIn(folder, code === CROSSED), thrown: log.thrown };
}

/** Throws CannotRun when k6 left none (on a full disk), or one that says otherwise than its exit code. */
function summaryIn(folder: string, isCrossed: boolean): Summary {
  const file = join(folder, SUMMARY);
  let summary: Summary;
  try {
    summary = JSON.parse(readFileSync(file, 'utf8')) as Summary;
  } catch (error) {
    const why = (error as Error).message;
    throw new CannotRun(`k6 left no figures in ${file}: ${why}\nAll that it said: ${join(folder, LOG)}`);
  }
  const judged = Object.values(summary.metrics).flatMap(({ thresholds = {} }) => Object.values(thresholds));
  if (judged.length === 0 || isCrossed !== judged.some(({ ok }) => !ok))
    throw new CannotRun(`The figures of k6 in ${file} do not say which promises it found broken.`);
  return summary;
}

const whyNot = (code: number, { reason }: K6Log, logFile: string): string =>
  `The scenario could not be run (k6 ended with code ${code}): ${reason ?? 'it said nothing'}\nAll that it said: ${logFile}`;

function startK6(summaryFile: string, { order, k6, engine, name, url, heir }: K6Plan): Child {
  const { rate, short, shape, batch, viewers } = order.options;
  const env = {
    ...withoutK6Settings(process.env),
    ...{ HOLDFAST_URL: url, RUN: name, ENGINE: engine, RESULT_FILE: summaryFile, K6_NO_USAGE_REPORT: 'true' },
    ...(order.key !== undefined && { HOLDFAST_KEY: order.key }),
    ...(rate !== undefined && { RATE: String(rate) }),
    ...(short && { SHORT: '1' }),
    ...(shape !== undefined && { SHAPE: shape }),
    ...(batch !== undefined && { BATCH: String(batch) }),
    ...(viewers !== undefined && { VIEWERS: String(viewers) }),
  };
  const script = join(LOAD, 'scenarios', `${order.scenario}.ts`);
  // Its own port is closed, so that two runs do not meet there.
  const args = ['run', '--quiet', '--address', '', '--log-format', 'json', script];
  return startChild({ command: k6.path, args, cwd: LOAD, env, stdio: ['ignore', 'ignore', 'pipe'], heir });
}

/** Options of k6 win over those of a scenario, also from the environment; and a scenario reads what stands there by these names. */
function withoutK6Settings(environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const ours = /^(?:K6_.*|RATE|SHORT|SHAPE|BATCH|VIEWERS|HOLDFAST_KEY)$/;
  return Object.fromEntries(Object.entries(environment).filter(([name]) => !ours.test(name)));
}
