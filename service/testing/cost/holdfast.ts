/**
 * Tasks through the functions of Holdfast, from the requests of clients to the frames of viewers: with identity, statistics, the
 * sweeper and the live channel. Every attempt that shall fail is known before, by the seed.
 */
import type { Handler } from '@holdfast/api/handler';
import { TaskFailure } from '@holdfast/api/handler';
import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import type { TaskEvent } from '../../core/ports.ts';
import { KeyStore } from '../../http/identity/key-store.ts';
import { SCOPES } from '../../http/principal.ts';
import { Seeded } from '../seeded.ts';
import type { Cloud } from './cloud.ts';
import { createCloud, startSource } from './cloud.ts';
import type { Functions } from './functions.ts';
import { openFunctions, QUEUES, recordsOf } from './functions.ts';
import type { Request } from './viewers.ts';
import { seatViewers, startPings, TENANT } from './viewers.ts';
import type { CostRun, Workload } from './workload.ts';
import { atPace, BATCH, LIST_EVERY_MS, stored, WORKLOAD } from './workload.ts';
import type { Usage } from '../meter/usage.ts';
import { perTask } from '../meter/usage.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const POLLERS = 5;
const LONG_POLL_MS = 20_000;
/** Of bells three, of deaths, of changes, of incidents. */
const POLLED_QUEUES = 6;
/** For batches of ten where there are ten within it. */
const GATHERED_WITHIN_MS = 1000;

export interface Stage extends Cloud {
  readonly functions: Functions;
  /** How tasks ended, so far. */
  readonly ended: { succeeded: number; dead: number; failures: number };
  readonly request: Request;
}

/** Which attempts fail is drawn from the seed and the task, so that it does not depend on the order. */
export const failsBySeed =
  ({ failureRate, seed }: Pick<Workload, 'failureRate' | 'seed'>): Handler =>
  ({ taskId, attempt }) => {
    const number = Number(taskId.replace(/\D/g, ''));
    if (new Seeded(seed * 7919 + number * 31 + attempt).chance(failureRate))
      throw new TaskFailure('The other side did not answer.', { class: 'NETWORK', code: 'no-answer' });
    return undefined;
  };

export async function setStage(workload: Workload, handler: Handler = failsBySeed(workload)): Promise<Stage> {
  const cloud = createCloud();
  const ended = { succeeded: 0, dead: 0, failures: 0 };
  const onEvents = (events: readonly TaskEvent[]): void => {
    for (const { move } of events) {
      if (move === 'succeed') ended.succeeded += 1;
      if (move === 'die') ended.dead += 1;
      if (move === 'die' || move === 'fail') ended.failures += 1;
    }
  };
  const functions = openFunctions({ cloud, handler, onEvents, seed: workload.seed });
  const key = await settled(cloud, keyIn(functions));
  const request: Stage['request'] = async (method, path, body) => {
    const event = eventOf(method, path, { key, body });
    const answer = await functions.http.run((handle) => handle(event));
    cloud.front.http(event.body?.length ?? 0, answer.body?.length ?? 0);
    return { status: answer.statusCode ?? 0, body: answer.body ?? '' };
  };
  const stage = { ...cloud, functions, ended, request };
  await settled(cloud, seatViewers(stage, workload.viewers));
  return stage;
}

export async function settled<T>(cloud: Pick<Cloud, 'play'>, promise: Promise<T>): Promise<T> {
  let isDone = false;
  const watched = promise.finally(() => (isDone = true));
  watched.catch(() => undefined);
  await cloud.play(() => isDone);
  return watched;
}

async function keyIn({ ports }: Functions): Promise<string> {
  const wanted = { tenant: TENANT, name: 'cost', createdBy: 'cost', scopes: SCOPES, expiresAtMs: undefined };
  return (await new KeyStore(ports).create(wanted as never)).text;
}

function eventOf(method: string, path: string, { key, body }: { key: string; body: unknown }): APIGatewayProxyEventV2 {
  const [rawPath = '', rawQueryString = ''] = path.split('?');
  const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json', host: 'api.test' };
  return {
    version: '2.0',
    routeKey: '$default',
    rawPath,
    rawQueryString,
    headers,
    requestContext: { http: { method, path: rawPath, protocol: 'HTTP/1.1', sourceIp: '192.0.2.1', userAgent: 'cost' } },
    ...(body !== undefined && { body: JSON.stringify(body) }),
    isBase64Encoded: false,
  } as unknown as APIGatewayProxyEventV2;
}

export const taskOf = (number: number, { payloadBytes }: Pick<Workload, 'payloadBytes'>) => ({
  taskId: `task-${String(number).padStart(8, '0')}`,
  payload: { data: 'x'.repeat(Math.max(0, payloadBytes - '{"data":""}'.length)) },
});

/** Event sources as in serverless.yml, and the schedule. Returns the way to end them, and whether nothing is under way. */
export function startSources(
  stage: Stage,
  { isGathered }: Pick<Workload, 'isGathered'>,
): { stop(): void; isIdle(): boolean } {
  const { functions, clock } = stage;
  const invocation = { getRemainingTimeInMillis: () => 300_000 };
  const deliverTo =
    (url: string, to: 'work' | 'isolated' = 'work') =>
    (messages: readonly { id: string; body: string }[]) =>
      functions[to].run((work) => work({ Records: recordsOf(url, messages) }, invocation));
  const bells = [QUEUES.fresh, QUEUES.recovery].map((url) =>
    startSource(stage, {
      url,
      batchSize: BATCH,
      windowMs: isGathered ? GATHERED_WITHIN_MS : 0,
      concurrency: 1000,
      deliver: deliverTo(url),
    }),
  );
  const alone = startSource(stage, {
    url: QUEUES.isolated,
    batchSize: 1,
    windowMs: 0,
    concurrency: 10,
    deliver: deliverTo(QUEUES.isolated, 'isolated'),
  });
  const dead = startSource(stage, {
    ...{ url: QUEUES.dead, batchSize: 10, windowMs: 0, concurrency: 2 },
    deliver: (messages) => functions.monitor.run((monitor) => monitor({ Records: recordsOf(QUEUES.dead, messages) })),
  });
  const push = startSource(stage, {
    ...{ url: QUEUES.events, batchSize: 1000, windowMs: 1000, concurrency: 2 },
    deliver: (messages) => functions.push.run((run) => run({ Records: recordsOf(QUEUES.events, messages) })),
  });
  const all = [...bells, alone, dead, push];
  let cancel = (): void => undefined;
  const sweepEveryMinute = (): void => {
    void functions.sweep.run((sweep) => sweep({}, { getRemainingTimeInMillis: () => 90_000 }));
    cancel = clock.timer(MINUTE_MS, sweepEveryMinute);
  };
  sweepEveryMinute();
  return {
    stop: () => {
      cancel();
      for (const source of all) source.stop();
    },
    isIdle: () => all.every((source) => source.isIdle()) && stage.queues.isEmpty,
  };
}

export async function runHoldfast(workload: Workload): Promise<CostRun> {
  const stage = await setStage(workload);
  stage.book.reset();
  const sources = startSources(stage, workload);
  const stopPings = startPings(stage, workload.viewers);
  const stopLists = lists(stage, workload.hasLists ? workload.viewers : 0);
  const refused: string[] = [];
  const send = async (path: string, body: unknown, expected: number): Promise<void> => {
    const answer = await stage.request('POST', path, body);
    if (answer.status !== expected) refused.push(`${answer.status} ${answer.body}`);
  };
  atPace(stage, workload, (numbers) => {
    const tasks = numbers.map((number) => taskOf(number, workload));
    if (workload.inBatches) void send('/tasks/batch', { tasks }, 200);
    else for (const task of tasks) void send('/tasks', task, 202);
  });
  const fromMs = stage.clock.nowMs();
  const isDone = (): boolean => stage.ended.succeeded + stage.ended.dead >= workload.tasks && sources.isIdle();
  await stage.play(() => isDone() || refused.length > 0);
  if (refused[0] !== undefined) throw new Error(`A request was refused: ${refused[0]}`);
  sources.stop();
  stopLists();
  stopPings();
  stored(stage);
  stage.front.connected((workload.viewers * (stage.clock.nowMs() - fromMs)) / MINUTE_MS);
  return { usage: stage.book.usage, calls: stage.book.calls, hottest: stage.book.hottest(60), ...stage.ended };
}

/**
 * What an installation uses in a month in which nothing happens: the sweeper, and pollers that find nothing. Lambda keeps five of
 * them for each queue, and each asks for 20 s: https://docs.aws.amazon.com/lambda/latest/dg/with-sqs.html
 */
export async function runIdle(): Promise<Usage> {
  const stage = await setStage({ ...WORKLOAD, viewers: 0 });
  const sources = startSources(stage, WORKLOAD);
  await pass(stage, 2 * HOUR_MS);
  stage.book.reset();
  await pass(stage, HOUR_MS);
  sources.stop();
  const hours = (30 * 24 * HOUR_MS) / HOUR_MS;
  const asked = (POLLED_QUEUES * POLLERS * HOUR_MS) / LONG_POLL_MS;
  stage.book.add('sqsRequests', asked);
  return perTask(stage.book.usage, 1 / hours);
}

const pass = ({ time, clock }: Stage, ms: number): Promise<void> => time.play(() => false, clock.nowMs() + ms);

/** Each viewer reads its page anew. */
function lists({ clock, request }: Stage, viewers: number): () => void {
  let isStopped = false;
  const list = (): void => {
    if (isStopped) return;
    for (let viewer = 0; viewer < viewers; viewer += 1) void request('GET', '/tasks?limit=50');
    clock.timer(LIST_EVERY_MS, list);
  };
  clock.timer(LIST_EVERY_MS, list);
  return () => (isStopped = true);
}
