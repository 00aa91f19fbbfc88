/** The product's stage behind fault proxies, tasks of every kind for it, and what must hold of them when all is healed. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { createHoldfast } from '@holdfast/sdk';
import { isSettled } from '../../core/task.ts';
import { ownTypesModule } from '../../toolchain/own-types-module.ts';
import { contradictions } from '../audit.ts';
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
const AN_HOUR_S = 3_600;
const BATCH = 100;

export type Kind = 'fine' | 'transient' | 'permanent' | 'slow' | 'poison' | 'cancelled';

/** Of each hundred. A poisoned task ends four processes, which a machine of two cores bears now and then only. */
const KINDS: readonly Kind[] = Array.from({ length: 100 }, (_, i) => {
  if (i % 20 === 7) return 'permanent';
  if (i % 20 === 13) return 'slow';
  if (i % 50 === 21) return 'cancelled';
  return i % 20 === 3 || i % 20 === 9 || i % 20 === 16 ? 'transient' : 'fine';
});

export interface Given {
  readonly taskId: string;
  readonly kind: Kind;
}

/** `row-0`, `row-1`, …: the kind of a task follows from its number. */
export const tasksOf = (row: string, count: number, poisoned = 0): Given[] => [
  ...Array.from({ length: count }, (_, i) => ({ taskId: `${row}-${i}`, kind: KINDS[i % KINDS.length]! })),
  ...Array.from({ length: poisoned }, (_, i) => ({ taskId: `poison-${row}-${i}`, kind: 'poison' as const })),
];

const END: Readonly<Record<Kind, string>> = {
  fine: 'succeeded',
  slow: 'succeeded',
  transient: 'succeeded',
  permanent: 'dead VALIDATION',
  poison: 'dead CRASH',
  cancelled: 'cancelled',
};

export interface Answered {
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
  readonly #types = new GivenTypes();
  readonly #startsFile = join(this.#types.tasksDir, 'starts.txt');

  async start(): Promise<this> {
    this.#types.write('mixed', { 'schema.yaml': ANY_PAYLOAD, 'handler.mjs': handlerNotingIn(this.#startsFile) });
    await this.#types.generateHere();
    const ownTypes = join(this.#types.tasksDir, 'own-types.mjs');
    writeFileSync(ownTypes, ownTypesModule(this.#types.tasksDir));
    const onApplied = this.witness.hear;
    const order = new Seeded(3);
    await this.deployed.start({
      environment: { LOG_LEVEL: 'warn' },
      aliases: { '#own-types': ownTypes },
      shuffle: () => order.uniform(),
      onLine: (functionName, line) => this.#hear(functionName, line),
      between: async ({ dynamodb, sqs }) => {
        this.dynamo = await FaultProxy.start({ upstream: dynamodb, seed: 1, onApplied });
        this.sqs = await FaultProxy.start({ upstream: sqs, seed: 2, onApplied });
        return { dynamodb: this.dynamo.endpoint, sqs: this.sqs.endpoint };
      },
    });
    return this;
  }

  async stop(): Promise<void> {
    await this.deployed.stop();
    await Promise.all([this.dynamo.stop(), this.sqs.stop()]);
    this.#types.remove();
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
  async submit(tasks: readonly Given[]): Promise<void> {
    const holdfast = createHoldfast<Record<string, { payload: object; result: unknown }>>({
      baseUrl: this.deployed.url,
      retry: { attempts: 40, capMs: 2_000 },
    });
    for (let from = 0; from < tasks.length; from += BATCH) {
      const batch = tasks.slice(from, from + BATCH);
      const outcomes = await holdfast.submitMany(
        batch.map(({ taskId, kind }) => ({
          ...{ type: 'mixed', taskId, payload: { kind } },
          ...(kind === 'cancelled' && { delaySeconds: AN_HOUR_S }),
        })),
      );
      for (const { error } of outcomes) if (error) throw error;
      const unwanted = batch.filter(({ kind }) => kind === 'cancelled');
      await Promise.all(unwanted.map(({ taskId }) => holdfast.cancel(taskId)));
    }
  }

  /** Of submits one after the other, for so long; none is repeated. */
  async answersFor(ms: number, row: string): Promise<Answered[]> {
    const answers: Answered[] = [];
    const endsAtMs = performance.now() + ms;
    while (performance.now() < endsAtMs) {
      const beganAtMs = performance.now();
      const task = { taskId: `${row}-${answers.length}`, type: 'mixed', payload: { kind: 'fine' } };
      const response = await this.deployed.ask('/tasks', task);
      const { code, retryable } = (await response.json()) as Partial<Answered>;
      const tookMs = performance.now() - beganAtMs;
      const { status, headers } = response;
      answers.push({ status, code, retryable, retryAfter: headers.get('retry-after'), tookMs });
    }
    return answers;
  }

  /** Milliseconds until all have come to their end; throws with some that have not. */
  async settled(tasks: readonly Given[], withinMs: number): Promise<number> {
    const beganAtMs = performance.now();
    for (;;) {
      const open = tasks.filter(({ taskId }) => !this.isSettled(taskId));
      const tookMs = performance.now() - beganAtMs;
      if (open.length === 0) return tookMs;
      if (tookMs > withinMs) throw new Error(`${open.length} did not settle: ${JSON.stringify(this.#some(open))}`);
      await sleep(LOOK_EVERY_MS);
    }
  }

  isSettled(taskId: string): boolean {
    const task = this.witness.task(taskId);
    return task !== undefined && isSettled(task);
  }

  #some(tasks: readonly Given[]): unknown[] {
    return tasks.slice(0, 3).map(({ taskId }) => [taskId, this.witness.task(taskId), this.witness.historyOf(taskId)]);
  }

  /** What is wrong with tasks that have settled; nothing, one hopes. */
  async wrongs(tasks: readonly Given[]): Promise<string[]> {
    const shown = await this.#shown();
    const ends = tasks.flatMap(({ taskId, kind }) => {
      const [task, status] = [this.witness.task(taskId), shown.get(taskId)];
      const end = status === 'dead' ? `dead ${task?.lastFailure?.class ?? ''}` : status;
      return end === END[kind] ? [] : [`${taskId} (${kind}) is ${end ?? 'lost'}`];
    });
    return [
      ...ends,
      ...this.#startedTwice(),
      ...tasks.flatMap(({ taskId }) => contradictions(this.witness.historyOf(taskId))),
    ];
  }

  /** Attempts that began again as themselves: a claim is for one. */
  #startedTwice(): string[] {
    const starts = readFileSync(this.#startsFile, 'utf8').split('\n').filter(Boolean);
    return Array.from(Map.groupBy(starts, (start) => start))
      .filter(([, { length }]) => length > 1)
      .map(([start, { length }]) => `${start} began ${length} times`);
  }

  /** As the API lists them; the failure inbox apart. */
  async #shown(): Promise<Map<string, string>> {
    const holdfast = createHoldfast({ baseUrl: this.deployed.url });
    const shown = new Map<string, string>();
    for await (const { items } of holdfast.pages({ limit: BATCH }))
      for (const { taskId, status } of items) if (status !== 'dead') shown.set(taskId, status);
    for await (const { items } of holdfast.pages({ status: 'dead', limit: BATCH }))
      for (const { taskId, status } of items) shown.set(taskId, status);
    return shown;
  }

  /** Attempts beyond those that each task needs. */
  wasted(tasks: readonly Given[]): number {
    const needed: Readonly<Record<Kind, number>> = {
      ...{ fine: 1, slow: 1, transient: 2, permanent: 1, poison: 4, cancelled: 0 },
    };
    const started = tasks.map(({ taskId }) => this.witness.task(taskId)?.fence ?? 0);
    return started.reduce((sum, fence, i) => sum + fence - needed[tasks[i]!.kind], 0);
  }

  /** How often a sweeper found them waiting for a bell. */
  findings(tasks: readonly Given[]): number {
    return tasks.reduce((sum, { taskId }) => sum + this.witness.findingsOf(taskId), 0);
  }

  /** Of these, how often no bell was under way. */
  findingsOfLost(tasks: readonly Given[]): number {
    return tasks.reduce((sum, { taskId }) => sum + this.witness.findingsOfLost(taskId), 0);
  }

  /** Of a hundred tasks at most one has more. */
  bellsOfMost(tasks: readonly Given[]): number {
    const bells = tasks.map(({ taskId }) => this.witness.bellsOf(taskId)).sort((a, b) => a - b);
    return bells[Math.ceil(bells.length * 0.99) - 1]!;
  }
}
