/** What serverless.yml declares, as far as the twin plays it: functions, what invokes them, queues and the table. */
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { FileOptions, Values } from './serverless-file.ts';
import { readServerless } from './serverless-file.ts';

export interface FunctionSpec {
  readonly name: string;
  readonly file: string;
  /** What the file exports. */
  readonly handler: string;
  readonly timeoutMs: number;
  readonly memoryMb: number;
  readonly reservedConcurrency: number | undefined;
  /** May hold what CloudFormation replaces. */
  readonly environment: Values;
}

export interface QueueSource {
  readonly functionName: string;
  readonly arn: unknown;
  readonly batchSize: number;
  readonly windowMs: number;
  readonly maximumConcurrency: number | undefined;
  readonly reportsItemFailures: boolean;
}

export interface Schedule {
  readonly functionName: string;
  readonly everyMs: number;
}

export interface Route {
  readonly functionName: string;
  /** What the function answers goes back to the client. */
  readonly hasResponse: boolean;
}

export type RouteKey = '$connect' | '$disconnect' | '$default';

export interface Resource {
  readonly Type: string;
  readonly Properties?: Values;
}

export interface Stage {
  readonly name: string;
  readonly functions: ReadonlyMap<string, FunctionSpec>;
  /** Which function answers HTTP requests, whatever their path. */
  readonly http: string | undefined;
  readonly routes: ReadonlyMap<RouteKey, Route>;
  readonly sources: readonly QueueSource[];
  readonly schedules: readonly Schedule[];
  /** By their logical ids. */
  readonly resources: ReadonlyMap<string, Resource>;
}

type Event = Readonly<Record<string, unknown>>;
interface Declared {
  readonly handler: string;
  readonly timeout?: number;
  readonly memorySize?: number;
  readonly reservedConcurrency?: number;
  readonly environment?: Values;
  readonly events?: readonly Event[];
}

// https://www.serverless.com/framework/docs/providers/aws/guide/functions: what holds where nothing is declared.
const TIMEOUT_SECONDS = 6;
const MEMORY_MB = 1_024;
const BATCH_SIZE = 10;
const PERIODS_MS: Readonly<Record<string, number>> = { minute: 60_000, hour: 3_600_000, day: 86_400_000 };

export function readStage(options: FileOptions): Stage {
  const file = readServerless(options);
  const provider = file['provider'] as Values;
  const declared = Object.entries(file['functions'] as Record<string, Declared>);
  const events = declared.flatMap(([name, { events = [] }]) => events.map((event) => ({ name, event })));
  const of = (kind: string): [string, unknown][] =>
    events.filter(({ event }) => kind in event).map(({ name, event }) => [name, event[kind]]);
  return {
    name: options.stage,
    functions: new Map(
      declared.map(([name, each]) => [name, functionOf(name, each, { provider, folder: dirname(options.file) })]),
    ),
    http: of('httpApi')[0]?.[0],
    routes: new Map(of('websocket').map(routeOf)),
    sources: of('sqs').map(sourceOf),
    schedules: of('schedule').map(scheduleOf),
    resources: new Map(Object.entries(resourcesOf(file['resources']))),
  };
}

function resourcesOf(declared: unknown): Record<string, Resource> {
  const documents = (Array.isArray(declared) ? declared : [declared]) as { Resources?: Record<string, Resource> }[];
  return Object.assign({}, ...documents.map((each) => each?.Resources ?? {})) as Record<string, Resource>;
}

function functionOf(
  name: string,
  declared: Declared,
  { provider, folder }: { provider: Values; folder: string },
): FunctionSpec {
  const dot = declared.handler.lastIndexOf('.');
  const path = join(folder, declared.handler.slice(0, dot));
  const file = ['.ts', '.mts', '.mjs', '.js'].map((ending) => path + ending).find((each) => existsSync(each));
  if (file === undefined) throw new Error(`The function ${name} has no file: ${declared.handler}`);
  return {
    name,
    file,
    handler: declared.handler.slice(dot + 1),
    timeoutMs: (declared.timeout ?? Number(provider['timeout'] ?? TIMEOUT_SECONDS)) * 1_000,
    memoryMb: declared.memorySize ?? Number(provider['memorySize'] ?? MEMORY_MB),
    reservedConcurrency: declared.reservedConcurrency,
    environment: { ...(provider['environment'] as Values), ...declared.environment },
  };
}

function routeOf([functionName, declared]: [string, unknown]): [RouteKey, Route] {
  const { route, routeResponseSelectionExpression } =
    typeof declared === 'string' ? { route: declared } : (declared as Record<string, string>);
  return [route as RouteKey, { functionName, hasResponse: routeResponseSelectionExpression !== undefined }];
}

function sourceOf([functionName, declared]: [string, unknown]): QueueSource {
  const source = (typeof declared === 'string' ? { arn: declared } : declared) as Values;
  return {
    functionName,
    arn: source['arn'],
    batchSize: Number(source['batchSize'] ?? BATCH_SIZE),
    windowMs: Number(source['maximumBatchingWindow'] ?? 0) * 1_000,
    maximumConcurrency: source['maximumConcurrency'] as number | undefined,
    reportsItemFailures: source['functionResponseType'] === 'ReportBatchItemFailures',
  };
}

function scheduleOf([functionName, declared]: [string, unknown]): Schedule {
  const rate = typeof declared === 'string' ? declared : ((declared as Values)['rate'] as string | string[]);
  const text = Array.isArray(rate) ? rate.join(' ') : rate;
  const [, count, unit] = /^rate\((\d+) (minute|hour|day)s?\)$/.exec(text) ?? [];
  if (count === undefined) throw new Error(`The twin knows no schedule but a rate: ${text}`);
  return { functionName, everyMs: Number(count) * PERIODS_MS[unit!]! };
}
