/** The product's stage behind fault proxies, tasks of every kind for it, and what was seen of them: by a witness, by its API, by handlers. */
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { createHoldfast } from '@holdfast/sdk';
import type { SQSEvent } from 'aws-lambda';
import { isSettled } from '../../core/task.ts';
import { ownTypesModule } from '../../toolchain/own-types-module.ts';
import type { Mixed } from '../fault-runs/mix.ts';
import { FaultProxy } from '../fault-proxy/proxy.ts';
import { ANY_PAYLOAD, GivenTypes } from '../given-types.ts';
import { Seeded } from '../seeded.ts';
import { GivenDeployed } from './given-deployed.ts';
import { Witness } from './witness.ts';

/**
 * An attempt of four seconds, as fault runs have it. A bell waits for whole seconds, and one more: the backoff is such that it is
 * not late for the sweeper, whose grace is two.
 */
const POLICY = `
  const backoff = { floorSeconds: 0.95, baseSeconds: 0.95, capSeconds: 0.95 };
  export const policy = { timeoutSeconds: 4, backoff };`;
/** Notes what began before anything else happens: one line for each start. */
const handlerNotingIn = (file: string): string => `
  import { appendFileSync } from 'node:fs';
  import { setTimeout } from 'node:timers/promises';
  import { TaskFailure } from '${pathToFileURL(join(import.meta.dirname, '../../../api/handler.ts')).href}';
  ${POLICY}
  export const run = async ({ payload: { kind }, taskId, fence, attempt, signal }) => {
    appendFileSync(${JSON.stringify(file)}, taskId + ' ' + fence + '\\n');
    if (kind === 'poison') process.abort();
    if (kind === 'slow') await setTimeout(500, undefined, { signal });
    if (kind === 'transient' && attempt === 1) throw new TaskFailure('Once.', { class: 'NETWORK', code: 'once' });
    if (kind === 'permanent') throw new TaskFailure('For good.', { class: 'VALIDATION', code: 'for-good' });
  };`;
const LOOK_EVERY_MS = 50;
const ASK_EVERY_MS = 500;
const MOST_ASKED = 20;
const AN_HOUR_S = 3_600;
const PAGE = 100;
const RUNS_TASKS = ['work', 'isolated'];

export interface Answered {
  readonly taskId: string;
  readonly status: number;
  readonly code: string | undefined;
  readonly retryable: boolean | undefined;
  readonly retryAfter: string | null;
  readonly tookMs: number;
}

export class GivenFaults {
  readonly deployed = new GivenDeployed();
  readonly witness = new Witness();
  /** Ids that the monitor told of. */
  readonly told: string[] = [];
  /** Messages that SQS gave up. */
  readonly incidents: string[] = [];
  dynamo!: FaultProxy;
  sqs!: FaultProxy;
  /** None before the stage stands. */
  #proxies: readonly FaultProxy[] = [];
  #tasksDir = '';

  async start(): Promise<this> {
    const types = new GivenTypes();
    process.once('exit', () => types.remove());
    this.#tasksDir = types.tasksDir;
    types.write('mixed', { 'schema.yaml': ANY_PAYLOAD, 'handler.mjs': handlerNotingIn(this.#startsFile) });
    await types.generateHere();
    const ownTypes = join(types.tasksDir, 'own-types.mjs');
    writeFileSync(ownTypes, ownTypesModule(types.tasksDir));
    const { hear: onApplied, hearLost: onLost } = this.witness;
    const order = new Seeded(3);
    await this.deployed.start({
      environment: { LOG_LEVEL: 'warn' },
      aliases: { '#own-types': ownTypes },
      shuffle: () => order.uniform(),
      onLine: (functionName, line) => this.#hear(functionName, line),
      between: async ({ dynamodb, sqs }) => {
        this.dynamo = await FaultProxy.start({ upstream: dynamodb, seed: 1, onApplied });
        this.sqs = await FaultProxy.start({ upstream: sqs, seed: 2, onApplied, onLost });
        this.#proxies = [this.dynamo, this.sqs];
        return { dynamodb: this.dynamo.endpoint, sqs: this.sqs.endpoint };
      },
    });
    return this;
  }

  async stop(): Promise<void> {
    await this.deployed.stop();
    await Promise.all(this.#proxies.map((proxy) => proxy.stop()));
    rmSync(this.#tasksDir, { recursive: true, force: true });
  }

  get #startsFile(): string {
    return join(this.#tasksDir, 'starts.txt');
  }

  #hear(functionName: string, line: string): void {
    if (functionName === 'incident' && line.includes('not-taken')) this.incidents.push(line);
    if (functionName === 'monitor') this.told.push(/"taskId":"([^"]+)"/.exec(line)?.[1] ?? '');
  }

  heal(): void {
    this.dynamo.heal();
    this.sqs.heal();
  }

  /** A client that tries until it is answered; those that are to be cancelled begin in an hour, and are cancelled. */
  async submit(tasks: readonly Mixed[], { delaySeconds }: { delaySeconds?: number } = {}): Promise<void> {
    const holdfast = createHoldfast<Record<string, { payload: object; result: unknown }>>({
      baseUrl: this.deployed.url,
      retry: { attempts: 100, capMs: 2_000 },
    });
    const outcomes = await holdfast.submitMany(
      tasks.map(({ taskId, kind }) => ({
        ...{ type: 'mixed', taskId, payload: { kind } },
        ...(kind === 'cancelled' ? { delaySeconds: AN_HOUR_S } : delaySeconds !== undefined && { delaySeconds }),
      })),
    );
    for (const { error } of outcomes) if (error) throw error;
    const unwanted = tasks.filter(({ kind }) => kind === 'cancelled');
    await Promise.all(unwanted.map(({ taskId }) => holdfast.cancel(taskId)));
  }

  /** Of submits of fine tasks one after the other, for so long; none is repeated. */
  async answersFor(ms: number, row: string): Promise<Answered[]> {
    const answers: Answered[] = [];
    const endsAtMs = performance.now() + ms;
    while (performance.now() < endsAtMs) {
      const beganAtMs = performance.now();
      const taskId = `${row}-${answers.length}`;
      const task = { taskId, type: 'mixed', payload: { kind: 'fine' } };
      const response = await this.deployed.ask('/tasks', task);
      const { code, retryable } = (await response.json()) as Partial<Answered>;
      const tookMs = performance.now() - beganAtMs;
      const { status, headers } = response;
      answers.push({ taskId, status, code, retryable, retryAfter: headers.get('retry-after'), tookMs });
      await sleep(Math.max(ASK_EVERY_MS, ms / MOST_ASKED));
    }
    return answers;
  }

  /** Waits until all have come to their end, or for so long; answers those that have not. */
  async settled(tasks: readonly Mixed[], withinMs: number): Promise<readonly Mixed[]> {
    const endsAtMs = performance.now() + withinMs;
    for (;;) {
      const open = tasks.filter(({ taskId }) => !this.isSettled(taskId));
      if (open.length === 0 || performance.now() > endsAtMs) return open;
      await sleep(LOOK_EVERY_MS);
    }
  }

  isSettled(taskId: string): boolean {
    const task = this.witness.task(taskId);
    return task !== undefined && isSettled(task);
  }

  /** The stages of some of them, for whoever wonders. */
  some(tasks: readonly Mixed[]): string {
    return JSON.stringify(
      tasks.slice(0, 3).map(({ taskId }) => [this.witness.task(taskId), this.witness.historyOf(taskId)]),
    );
  }

  /** Attempts as their handlers noted them: `taskId fence`, with how often they began. */
  starts(): ReadonlyMap<string, number> {
    const starts = readFileSync(this.#startsFile, 'utf8').split('\n').filter(Boolean);
    return new Map(Array.from(Map.groupBy(starts, (start) => start)).map(([start, { length }]) => [start, length]));
  }

  /** The status of each task as the API lists it; of the dead those in the failure inbox. */
  async shown(): Promise<Map<string, string>> {
    const holdfast = createHoldfast({ baseUrl: this.deployed.url });
    const shown = new Map<string, string>();
    for await (const { items } of holdfast.pages({ limit: PAGE }))
      for (const { taskId, status } of items) if (status !== 'dead') shown.set(taskId, status);
    for await (const { items } of holdfast.pages({ status: 'dead', limit: PAGE }))
      for (const { taskId, status } of items) shown.set(taskId, status);
    return shown;
  }

  /** Processes that ended in the middle of an invocation, with the tasks that they had bells of. */
  ended(): string[][] {
    return this.deployed.twin.invocations
      .filter(({ functionName, outcome }) => RUNS_TASKS.includes(functionName) && outcome?.kind === 'failed')
      .map(({ event }) => (event as SQSEvent).Records.map(({ body }) => (JSON.parse(body) as Mixed).taskId));
  }
}
