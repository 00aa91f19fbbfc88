/**
 * The functions of serverless.yml over the adapters of service/aws, on a cloud of this process: each container has ports of its own,
 * as on AWS, and each function clients whose calls are known as its own. What handlers do comes in; what became of tasks is counted
 * as the ports tell it.
 */
import type { Handler } from '@holdfast/api/handler';
import type { SQSRecord } from 'aws-lambda';
import { attemptLines } from '../../attempt-lines.ts';
import { openKeyValue } from '../../aws/dynamo-key-value.ts';
import { openLedger } from '../../aws/dynamo-ledger.ts';
import type { Gateway } from '../../aws/gateway.ts';
import type { Texts } from '../../aws/siblings.ts';
import { openStatistics } from '../../aws/dynamo-statistics.ts';
import { openDeadLetters } from '../../aws/sqs-dead-letters.ts';
import { openDoorbell } from '../../aws/sqs-doorbell.ts';
import { changesIn, openPublisher } from '../../aws/sqs-events.ts';
import type { TaskEvent } from '../../core/ports.ts';
import { sleep } from '../../core/ports.ts';
import type { Rules } from '../../core/rules.ts';
import { DEFAULT_POLICY, STANDARD } from '../../core/rules.ts';
import { Changes } from '../../core/watch.ts';
import { catalogueOf } from '../../http/catalogue.ts';
import { taskView } from '../../http/view.ts';
import { createConnect } from '../../lambda/connect.ts';
import { Connections } from '../../lambda/connections.ts';
import { createDisconnect } from '../../lambda/disconnect.ts';
import { createHttp } from '../../lambda/http.ts';
import { openIdentity } from '../../lambda/identity.ts';
import { care } from '../../lambda/live-care.ts';
import { createMessage } from '../../lambda/message.ts';
import { createMonitor } from '../../lambda/monitor.ts';
import type { AwsPorts } from '../../lambda/parts.ts';
import { createPush } from '../../lambda/push.ts';
import { createSweep } from '../../lambda/sweep.ts';
import { createWork } from '../../lambda/work.ts';
import { knowledgeOf } from '../../live/conversation.ts';
import { createLog } from '../../log.ts';
import { meteredGateway } from '../meter/front-meter.ts';
import { Seeded } from '../seeded.ts';
import type { Cloud } from './cloud.ts';
import { TAKES_MS } from './cloud.ts';
import { Containers } from './containers.ts';

/** The process is not that of the functions alone. */
const nothingIsLeft = () => () => false;

/** As in serverless.yml, which a test compares. */
export const MEMORY_MB = {
  ...{ http: 1024, work: 1024, isolated: 1024, sweep: 256, monitor: 256, push: 512 },
  ...{ connect: 512, disconnect: 256, message: 512 },
} as const;
export type FunctionName = keyof typeof MEMORY_MB;

export const QUEUES = {
  fresh: 'https://sqs.test/FreshQueue',
  recovery: 'https://sqs.test/RecoveryQueue',
  isolated: 'https://sqs.test/IsolatedQueue',
  dead: 'https://sqs.test/DeadQueue',
  events: 'https://sqs.test/EventsQueue',
} as const;
export const TYPE = 'simulate';

const RULES: Rules = { constants: STANDARD, policyOf: () => DEFAULT_POLICY };
const loaded = { payloadVersions: [1], policy: DEFAULT_POLICY };
const SETTINGS = {
  stage: 'cost',
  logLevel: 'info',
  resources: {
    TABLE: 'stand-in',
    QUEUE_FRESH: QUEUES.fresh,
    QUEUE_RECOVERY: QUEUES.recovery,
    QUEUE_ISOLATED: QUEUES.isolated,
    QUEUE_DEAD: QUEUES.dead,
    QUEUE_EVENTS: QUEUES.events,
    LIVE_URL: 'wss://live.test',
  },
  identity: 'required',
  oidc: undefined,
  corsOrigins: [],
  rate: undefined,
  defaultType: TYPE,
  timing: 'standard',
  faultsAllowed: false,
} as const;

export interface FunctionsOptions {
  readonly cloud: Cloud;
  readonly handler: Handler;
  readonly onEvents: (events: readonly TaskEvent[]) => void;
  readonly seed: number;
}

export type Functions = ReturnType<typeof openFunctions>;

export function openFunctions(options: FunctionsOptions) {
  const { cloud, handler } = options;
  const partsOf = partsFrom(options);
  const of = <T>(name: FunctionName, open: (parts: ReturnType<typeof partsOf>) => T): Containers<T> =>
    new Containers(cloud, MEMORY_MB[name], () => open(partsOf(name)));
  const types = {
    catalogue: catalogueOf(),
    loaded: () => loaded,
    policyOf: () => DEFAULT_POLICY,
    versionsOf: () => loaded.payloadVersions,
    handlerOf: () => handler,
  };
  const exit = (): never => {
    throw new Error('A function ended its process.');
  };
  const { clock } = cloud;
  return {
    http: of('http', (parts) => createHttp({ ...parts, types })),
    work: of('work', (parts) => createWork({ ...parts, types, queues: QUEUES, exit, watchLeftovers: nothingIsLeft })),
    isolated: of('isolated', (parts) =>
      createWork({ ...parts, types, queues: QUEUES, exit, watchLeftovers: nothingIsLeft }),
    ),
    sweep: of('sweep', (parts) => createSweep({ ...parts, everyMs: 15_000, care: () => care(parts) })),
    monitor: of('monitor', ({ log, write }) =>
      createMonitor({ stage: 'cost', log, nowMs: () => clock.nowMs(), write }),
    ),
    push: of('push', (parts) => createPush({ ...parts, changesIn })),
    connect: of('connect', (parts) => createConnect({ ...parts, origins: new Set() })),
    disconnect: of('disconnect', createDisconnect),
    message: of('message', (parts) =>
      createMessage({ ...parts, knowledge: knowledgeOf(parts.ports, (type) => types.catalogue.has(type)) }),
    ),
    /** Of one more process, for whoever sets the stage. */
    ports: partsOf('setting').ports,
  };
}

/** What each container of a function is opened with. */
function partsFrom({ cloud, onEvents, seed }: FunctionsOptions) {
  const random = new Seeded(seed).random();
  const write = (line: string): boolean => {
    cloud.front.log(line);
    return true;
  };
  const log = createLog({ level: SETTINGS.logLevel, isTerminal: false, write });
  const { clock } = cloud;
  const clientsOf = memoized((caller) => cloud.as(caller));
  return (caller: string) => {
    const changes = new Changes();
    const texts = caller === 'sweep' ? 'left' : 'read';
    const ports = portsOf({ clock, ...clientsOf(caller) }, { random, log, onEvents, changes, texts });
    const gateway = gatewayOf(cloud, caller);
    const { identity } = openIdentity(SETTINGS, ports);
    const connections = new Connections(ports);
    return { ports, changes, rules: RULES, settings: SETTINGS, identity, connections, gateway, clock, log, write };
  };
}

function memoized<T>(make: (name: string) => T): (name: string) => T {
  const made = new Map<string, T>();
  return (name) => {
    const known = made.get(name) ?? make(name);
    made.set(name, known);
    return known;
  };
}

function gatewayOf({ front, clock, book }: Cloud, caller: string): Gateway {
  const metered = meteredGateway(front, () => sleep(clock, TAKES_MS.gateway));
  const note = (command: string): void => book.call({ caller, resource: 'Connections', command });
  return {
    post: (id, frame) => {
      note('PostToConnection');
      return metered.post(id, frame);
    },
    close: (id) => {
      note('DeleteConnection');
      return metered.close(id);
    },
  };
}

type Told = Pick<AwsPorts, 'random' | 'log'> & {
  readonly onEvents: FunctionsOptions['onEvents'];
  readonly changes: Changes;
  readonly texts: Texts;
};

function portsOf(
  { table, sqs, clock }: Pick<Cloud, 'table' | 'sqs' | 'clock'>,
  { random, log, onEvents, changes, texts }: Told,
): AwsPorts {
  const keyValue = openKeyValue({ table, clock });
  const statistics = openStatistics({ keyValue, clock, acceptedBy: 'first-claim' });
  const viewers = openPublisher({ sqs, queueUrl: QUEUES.events, view: (task) => taskView(task, RULES), log });
  const tellAttempts = attemptLines(log);
  return {
    ledger: openLedger({ table, clock, texts, pastCounts: (tenant) => statistics.pastCounts(tenant) }),
    keyValue,
    statistics,
    doorbell: openDoorbell({ sqs, queues: QUEUES, clock, log }),
    publisher: {
      publish: async (events) => {
        onEvents(events);
        changes.notify(events);
        tellAttempts(events);
        await viewers.publish(events);
      },
      flush: () => viewers.flush(),
    },
    deadLetters: openDeadLetters({ sqs, queueUrl: QUEUES.dead, log }),
    ...{ clock, random, log },
  };
}

/** As the event source hands them over. */
export const recordsOf = (url: string, messages: readonly { id: string; body: string }[]): SQSRecord[] =>
  messages.map(({ id, body }) => ({
    messageId: id,
    receiptHandle: id,
    body,
    attributes: {
      ApproximateReceiveCount: '1',
      SentTimestamp: '0',
      SenderId: 'test',
      ApproximateFirstReceiveTimestamp: '0',
    },
    messageAttributes: {},
    md5OfBody: '',
    eventSource: 'aws:sqs',
    eventSourceARN: `arn:aws:sqs:us-east-1:000000000000:${url.slice(url.lastIndexOf('/') + 1)}`,
    awsRegion: 'us-east-1',
  }));
