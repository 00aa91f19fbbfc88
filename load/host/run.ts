/** One run: k6 with a scenario, against a target; what it measured comes back as its own exit code and a summary. */
import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Summary } from '../lib/summary.ts';
import type { RunOrder } from './arguments.ts';
import { findK6 } from './find-k6.ts';
import { CannotRun } from './sentences.ts';
import type { Target } from './target.ts';
import { openTarget } from './target.ts';

const LOAD = join(import.meta.dirname, '..');
/** Each run has a folder of its own in it. */
export const RESULTS = join(LOAD, 'results');

export interface Outcome {
  /** The name of its folder, and part of every id of its tasks. */
  readonly run: string;
  readonly order: RunOrder;
  readonly target: Pick<Target, 'url' | 'engine'>;
  /** 0: every threshold was kept; 99: one was not. Whatever else: the run itself failed. */
  readonly code: number;
  readonly summary: Summary;
}

/** Throws CannotRun. */
export async function run(order: RunOrder, say: (line: string) => void): Promise<Outcome> {
  const k6 = findK6(say);
  const target = await openTarget(order);
  const stop = new AbortController();
  const onSignal = (): void => stop.abort();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, onSignal);
  try {
    const name = `${order.scenario}-${target.engine}-${Date.now().toString(36)}`;
    const folder = join(RESULTS, name);
    mkdirSync(folder, { recursive: true });
    const file = join(folder, 'k6.json');
    const code = await k6Run({ k6, order, target, name, file, signal: stop.signal });
    return { run: name, order, target, code, summary: summaryIn(file, code) };
  } finally {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.off(signal, onSignal);
    await target.stop();
  }
}

interface K6Run {
  readonly k6: string;
  readonly order: RunOrder;
  readonly target: Target;
  readonly name: string;
  readonly file: string;
  readonly signal: AbortSignal;
}

function k6Run({ k6, order, target, name, file, signal }: K6Run): Promise<number> {
  const env = {
    ...process.env,
    HOLDFAST_URL: target.url,
    ...(order.key !== undefined && { HOLDFAST_KEY: order.key }),
    ...(order.rate !== undefined && { RATE: String(order.rate) }),
    ...(order.short && { SHORT: '1' }),
    ...{ RUN: name, ENGINE: target.engine, RESULT_FILE: file },
    K6_NO_USAGE_REPORT: 'true',
  };
  const args = ['run', '--quiet', '--address', '', join(LOAD, 'scenarios', `${order.scenario}.ts`)];
  const child = spawn(k6, args, { env, stdio: ['ignore', 'inherit', 'inherit'] });
  signal.addEventListener('abort', () => child.kill('SIGINT'));
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code) => resolve(code ?? 1));
  });
}

function summaryIn(file: string, code: number): Summary {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Summary;
  } catch {
    throw new CannotRun(`k6 ended with code ${code} and measured nothing; its reason stands above.`);
  }
}
