/**
 * AWS as serverless.yml declares it, on this machine: emulators of DynamoDB and SQS, each function in processes of its own, and API Gateway
 * before them. In go the stage and what a test wants to differ; out comes one URL for API, live channel and dashboard.
 */
import { once } from 'node:events';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { DynamoEmulator } from '../emulators/dynamo.ts';
import { REGION, startDynamo } from '../emulators/dynamo.ts';
import type { SqsEmulator } from '../emulators/sqs.ts';
import { sqsClient, startSqs } from '../emulators/sqs.ts';
import type { Outcome } from './container.ts';
import type { Invoked } from './crew.ts';
import { Crew } from './crew.ts';
import { hostDashboard } from './dashboard-host.ts';
import { environmentOf } from './environment.ts';
import { Guardian } from './guardian.ts';
import { answerHttp, INTEGRATION_MS } from './http-front.ts';
import type { Endpoints, TwinOptions } from './options.ts';
import { QueuePoller } from './queue-poller.ts';
import { ACCOUNT, Resources } from './resources.ts';
import { scheduledEvent } from './scheduled-event.ts';
import type { FunctionSpec, Stage } from './stage.ts';
import { readStage } from './stage.ts';
import { LIMITS, WebSocketFront } from './web-socket-front.ts';

const ROOT = join(import.meta.dirname, '../../..');
/** Bounds of what is remembered, for a twin that runs all day. */
const MOST_REMEMBERED = 10_000;

export interface Line {
  readonly functionName: string;
  readonly line: string;
}

/** Resolves when everything stands; functions are loaded when they are first needed. */
export async function startTwin(options: TwinOptions = {}): Promise<Twin> {
  const { file = join(ROOT, 'serverless.yml'), stage: name = 'dev', environment = {} } = options;
  const given = { ...process.env, ...environment };
  const stage = readStage({ file, stage: name, region: REGION, account: ACCOUNT, environment: given });
  const [server, dynamo, sqs] = await Promise.all([listening(options.port ?? 0), startDynamo(), startSqs()]);
  try {
    const emulators = { dynamodb: dynamo.endpoint, sqs: sqs.endpoint };
    const endpoints = (await options.between?.(emulators)) ?? emulators;
    const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
    const resources = new Resources(stage, { sqs: endpoints.sqs, host });
    await Promise.all([resources.createTables(emulators.dynamodb), resources.createQueues(emulators.sqs)]);
    return new Twin({ options, stage, resources, server, dynamo, sqs, endpoints, host });
  } catch (error) {
    await Promise.all([dynamo.stop(), sqs.stop()]);
    server.close();
    throw error;
  }
}

async function listening(port: number): Promise<Server> {
  const server = createServer(tooEarly).listen(port, '127.0.0.1');
  await once(server, 'listening');
  return server;
}

/** Who asks while the emulators are starting would otherwise wait for an answer that nobody gives. */
function tooEarly(_: IncomingMessage, outgoing: ServerResponse): void {
  outgoing.writeHead(503, { 'Retry-After': '1', Connection: 'close' }).end();
}

interface Made {
  readonly options: TwinOptions;
  readonly stage: Stage;
  readonly resources: Resources;
  readonly server: Server;
  readonly dynamo: DynamoEmulator;
  readonly sqs: SqsEmulator;
  readonly endpoints: Endpoints;
  readonly host: string;
}

export class Twin {
  readonly url: string;
  readonly liveUrl: string;
  /** As the functions have them. */
  readonly endpoints: Endpoints;
  readonly invocations: Invoked[] = [];
  readonly logs: Line[] = [];
  readonly sockets: WebSocketFront;
  readonly #made: Made;
  readonly #guardian = new Guardian();
  readonly #crews: ReadonlyMap<string, Crew>;
  readonly #timers: readonly NodeJS.Timeout[];
  #sqs: SqsEmulator;
  #pollers: readonly QueuePoller[];

  constructor(made: Made) {
    const { options, stage, host, endpoints } = made;
    this.#made = made;
    if (made.dynamo.pid !== undefined) this.#guardian.watch(made.dynamo.pid);
    this.#sqs = made.sqs;
    this.url = `http://${host}`;
    this.liveUrl = `ws://${host}/${stage.name}`;
    this.endpoints = endpoints;
    this.#crews = new Map([...stage.functions.values()].map((spec) => [spec.name, this.#crewOf(spec)]));
    const invoke = (functionName: string, event: unknown): Promise<Outcome> => this.invoke(functionName, event);
    this.sockets = new WebSocketFront({ stage, limits: options.webSocketLimits ?? LIMITS, invoke });
    this.#pollers = this.#startPollers();
    this.#timers = stage.schedules.map(({ functionName, everyMs }) => {
      const fire = (): void => void this.invoke(functionName, scheduledEvent(functionName));
      fire();
      return setInterval(fire, options.scheduleEveryMs ?? everyMs);
    });
    this.#serve();
  }

  /** Of the emulators themselves, for a test that looks into them. */
  get emulators(): Endpoints {
    return { dynamodb: this.#made.dynamo.endpoint, sqs: this.#sqs.endpoint };
  }

  get tables(): readonly string[] {
    return this.#made.resources.tables;
  }

  /** As if AWS did it. Never rejects. */
  async invoke(functionName: string, event: unknown): Promise<Outcome> {
    return this.#crews.get(functionName)!.invoke(event);
  }

  /** Ends all containers of a function, in the middle of whatever they do; answers how many there were. */
  async kill(functionName: string): Promise<number> {
    return this.#crews.get(functionName)!.kill();
  }

  /** The queue service has forgotten all messages; its queues are there again. */
  async loseAllMessages(): Promise<void> {
    const { resources } = this.#made;
    await this.#sqs.stop();
    this.#sqs = await startSqs(this.#sqs.port);
    await resources.createQueues(this.#sqs.endpoint);
  }

  async stop(): Promise<void> {
    const { server, dynamo } = this.#made;
    for (const timer of this.#timers) clearInterval(timer);
    const polled = this.#pollers.map((poller) => poller.stop());
    await Promise.all([...this.#crews.values()].map((crew) => crew.stop()));
    await Promise.all(polled);
    this.sockets.stop();
    server.close();
    server.closeAllConnections();
    await Promise.all([dynamo.stop(), this.#sqs.stop()]);
    await this.#guardian.stop();
  }

  #crewOf(spec: FunctionSpec): Crew {
    const { options } = this.#made;
    return new Crew({
      spec,
      environment: environmentOf(spec, { ...this.#made, url: this.url }),
      guardian: this.#guardian,
      freezes: options.freezes ?? true,
      aliases: options.aliases ?? {},
      most: options.most ?? 8,
      idleMs: options.idleMs ?? 300_000,
      onLine: (line) => {
        remember(this.logs, { functionName: spec.name, line });
        options.onLine?.(spec.name, line);
      },
      onInvoked: (invoked) => remember(this.invocations, invoked),
    });
  }

  #startPollers(): readonly QueuePoller[] {
    const { stage, resources, options } = this.#made;
    const sqs = sqsClient(this.#sqs.endpoint);
    return stage.sources.map((source) => {
      const arn = String(resources.resolve(source.arn));
      const invoke = (event: unknown): Promise<Outcome> => this.invoke(source.functionName, event);
      return new QueuePoller({ source, arn, queueUrl: resources.urlOf(arn), sqs, shuffle: options.shuffle, invoke });
    });
  }

  #serve(): void {
    const { server, stage, options } = this.#made;
    const isShown = hostDashboard(options);
    const { integrationMs = INTEGRATION_MS } = options;
    const invoke = (event: unknown): Promise<Outcome> => this.invoke(stage.http!, event);
    const answer = async (incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> => {
      if (this.sockets.isManagement(incoming)) await this.sockets.manage(incoming, outgoing);
      else if (!(await isShown(incoming, outgoing))) await answerHttp(incoming, outgoing, { integrationMs, invoke });
    };
    server.off('request', tooEarly);
    server.on('request', (incoming, outgoing) => void answer(incoming, outgoing));
    server.on('upgrade', (incoming, socket, head) => {
      if (this.sockets.isHandshake(incoming)) void this.sockets.connect(incoming, socket, head);
      else socket.end('HTTP/1.1 403 \r\nContent-Length: 0\r\nConnection: close\r\n\r\n');
    });
  }
}

function remember<T>(kept: T[], one: T): void {
  kept.push(one);
  if (kept.length > MOST_REMEMBERED) kept.splice(0, MOST_REMEMBERED / 2);
}
