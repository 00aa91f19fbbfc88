/**
 * The functions of serverless.yml over the adapters of service/aws, on a cloud of this process: each container has ports of its own,
 * as on AWS. What handlers do comes in; what became of tasks is counted as the ports tell it.
 */
import type { Handler } from '@holdfast/api/handler';
import type { SQSRecord } from 'aws-lambda';
import { attemptLines } from '../../attempt-lines.ts';
import { openKeyValue } from '../../aws/dynamo-key-value.ts';
import { openLedger } from '../../aws/dynamo-ledger.ts';
import { openStatistics } from '../../aws/dynamo-statistics.ts';
import { openDeadLetters } from '../../aws/sqs-dead-letters.ts';
import { openDoorbell } from '../../aws/sqs-doorbell.ts';
import { openPublisher } from '../../aws/sqs-events.ts';
import type { TaskEvent } from '../../core/ports.ts';
import type { Rules } from '../../core/rules.ts';
import { DEFAULT_POLICY, STANDARD } from '../../core/rules.ts';
import { Changes } from '../../core/watch.ts';
import { catalogueOf } from '../../http/catalogue.ts';
import { taskView } from '../../http/view.ts';
import { createHttp } from '../../lambda/http.ts';
import { createMonitor } from '../../lambda/monitor.ts';
import type { AwsPorts } from '../../lambda/parts.ts';
import { createSweep } from '../../lambda/sweep.ts';
import { createWork } from '../../lambda/work.ts';
import { createLog } from '../../log.ts';
import { meteredGateway } from '../meter/front-meter.ts';
import { Seeded } from '../seeded.ts';
import type { Cloud } from './cloud.ts';
import { TAKES_MS } from './cloud.ts';
import { sleep } from '../../core/ports.ts';
import { Containers } from './containers.ts';
import type { Push } from './viewers.ts';
import { openPush } from './viewers.ts';

/** As in serverless.yml. */
export const MEMORY_MB = { http: 1024, work: 1024, sweep: 256, monitor: 256, push: 512 } as const;
export const QUEUES = {
  fresh: 'https://sqs.test/fresh',
  recovery: 'https://sqs.test/recovery',
  isolated: 'https://sqs.test/isolated',
  dead: 'https://sqs.test/dead',
  events: 'https://sqs.test/events',
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
} as const;

export interface Functions {
  readonly http: Containers<ReturnType<typeof createHttp>>;
  readonly work: Containers<ReturnType<typeof createWork>>;
  readonly sweep: Containers<ReturnType<typeof createSweep>>;
  readonly monitor: Containers<ReturnType<typeof createMonitor>>;
  readonly push: Containers<Push>;
  /** Of one more process, for whoever sets the stage. */
  readonly ports: AwsPorts;
}

export interface FunctionsOptions {
  readonly cloud: Cloud;
  readonly handler: Handler;
  readonly onEvents: (events: readonly TaskEvent[]) => void;
  readonly seed: number;
}

export function openFunctions({ cloud, handler, onEvents, seed }: FunctionsOptions): Functions {
  const random = new Seeded(seed).random();
  const logged = (line: string): boolean => {
    cloud.front.log(line);
    return true;
  };
  const log = createLog({ level: SETTINGS.logLevel, isTerminal: false, write: logged });
  const gateway = meteredGateway(cloud.front, () => sleep(cloud.clock, TAKES_MS.gateway));
  const { clock } = cloud;
  const types = {
    catalogue: catalogueOf(),
    loaded: () => loaded,
    policyOf: () => DEFAULT_POLICY,
    versionsOf: () => loaded.payloadVersions,
    handlerOf: () => handler,
  };
  const parts = () => {
    const changes = new Changes();
    const ports = portsOf(cloud, { random, log, onEvents, changes });
    return { ports, changes, types, rules: RULES, settings: SETTINGS };
  };
  const exit = (): never => {
    throw new Error('A function ended its process.');
  };
  return {
    http: new Containers(cloud, MEMORY_MB.http, () => createHttp(parts())),
    work: new Containers(cloud, MEMORY_MB.work, () => createWork({ ...parts(), queues: QUEUES, exit })),
    sweep: new Containers(cloud, MEMORY_MB.sweep, () =>
      createSweep({ ...parts(), everyMs: 15_000, care: () => Promise.resolve() }),
    ),
    monitor: new Containers(cloud, MEMORY_MB.monitor, () =>
      createMonitor({ stage: 'cost', log, nowMs: () => clock.nowMs(), write: logged }),
    ),
    push: new Containers(cloud, MEMORY_MB.push, () => openPush({ table: cloud.table, gateway, clock })),
    ports: parts().ports,
  };
}

type Told = Pick<AwsPorts, 'random' | 'log'> & {
  readonly onEvents: FunctionsOptions['onEvents'];
  readonly changes: Changes;
};

function portsOf({ table, sqs, clock }: Cloud, { random, log, onEvents, changes }: Told): AwsPorts {
  const keyValue = openKeyValue({ table, clock });
  const statistics = openStatistics({ keyValue, clock, acceptedBy: 'first-claim' });
  const viewers = openPublisher({ sqs, queueUrl: QUEUES.events, view: (task) => taskView(task, RULES), log });
  const tellAttempts = attemptLines(log);
  return {
    ledger: openLedger({ table, clock, pastCounts: (tenant) => statistics.pastCounts(tenant) }),
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
