/**
 * The adapters of AWS on their emulators, which all runs share: each has tasks and queues of its own. Processes die at calls of
 * their ports, or at commands of the SDK, which are fewer than a port's calls or more. A witness hears on the wire what
 * DynamoDB and SQS really did. The date is virtual.
 */
import type { Message } from '@aws-sdk/client-sqs';
import { CreateQueueCommand, DeleteMessageCommand, ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { vi } from 'vitest';
import { openKeyValue } from '../../aws/dynamo-key-value.ts';
import { openLedger } from '../../aws/dynamo-ledger.ts';
import { openStatistics } from '../../aws/dynamo-statistics.ts';
import { openDeadLetters } from '../../aws/sqs-dead-letters.ts';
import { bellIn, openDoorbell } from '../../aws/sqs-doorbell.ts';
import type { Table } from '../../aws/table.ts';
import type { Ports } from '../../core/ports.ts';
import { SECOND } from '../../core/rules.ts';
import type { Lane, LedgerTask } from '../../core/task.ts';
import type { DynamoEmulator } from '../emulators/dynamo.ts';
import { CREDENTIALS, newTable, REGION, startDynamo } from '../emulators/dynamo.ts';
import type { SqsEmulator } from '../emulators/sqs.ts';
import { sqsClient, startSqs } from '../emulators/sqs.ts';
import { FaultProxy } from '../fault-proxy/proxy.ts';
import type { Call } from '../fault-proxy/rules.ts';
import { SILENT } from '../given-sqs.ts';
import { Seeded } from '../seeded.ts';
import { Witness } from '../twin/witness.ts';
import { VirtualTime } from '../virtual-time.ts';
import type { OwnPorts } from './cloud-house.ts';
import { CloudHouse } from './cloud-house.ts';
import type { Observed } from './house.ts';
import { guardedPorts, RESTART_MS } from './house.ts';
import type { Fate, Mortal } from './mortal.ts';

/** As the witness knows them. */
const QUEUES = {
  fresh: 'FreshQueue',
  recovery: 'RecoveryQueue',
  isolated: 'IsolatedQueue',
  dead: 'DeadQueue',
} as const;
const LANES: readonly Lane[] = ['fresh', 'recovery', 'isolated'];
/** Longer than any attempt. */
const VISIBILITY_SECONDS = 20;
const SOON_MS = 10;

type Urls = Readonly<Record<keyof typeof QUEUES, string>>;

/** At which calls processes die. */
export type Sites = 'ports' | 'commands';

type Heard = Parameters<Witness['hear']>[1];

interface Emulators {
  readonly dynamo: DynamoEmulator;
  readonly queues: SqsEmulator;
  readonly proxies: readonly FaultProxy[];
}

/** What all runs share. */
export class Cloud {
  readonly witness = new Witness();
  readonly table: Table;
  readonly sqs: SQSClient;
  /** Deaths that were told of, by task. */
  readonly told = new Map<string, number>();
  onSent: (queueUrl: string, delaySeconds: number) => void = () => undefined;
  readonly #emulators: Emulators;

  private constructor(emulators: Emulators, table: string) {
    const [dynamo, sqs] = emulators.proxies;
    const settings = { region: REGION, credentials: CREDENTIALS, maxAttempts: 1 };
    const client = new DynamoDBClient({ ...settings, endpoint: dynamo!.endpoint });
    this.table = { client: DynamoDBDocumentClient.from(client), name: table };
    this.sqs = sqsClient(sqs!.endpoint, { maxAttempts: 1 });
    this.#emulators = emulators;
  }

  static async start(): Promise<Cloud> {
    const [dynamo, queues] = await Promise.all([startDynamo(), startSqs()]);
    const { name } = await newTable(dynamo, 'crashes');
    const heard: { cloud?: Cloud } = {};
    const onApplied = (call: Call, answer: Heard): void => heard.cloud!.#hear(call, answer);
    const proxies = await Promise.all(
      [dynamo, queues].map(({ endpoint }) => FaultProxy.start({ upstream: endpoint, onApplied })),
    );
    vi.useFakeTimers({ toFake: ['Date'] });
    return (heard.cloud = new Cloud({ dynamo, queues, proxies }, name));
  }

  async stop(): Promise<void> {
    vi.useRealTimers();
    const { dynamo, queues, proxies } = this.#emulators;
    this.table.client.destroy();
    this.sqs.destroy();
    await Promise.all(proxies.map((proxy) => proxy.stop()));
    await Promise.all([dynamo.stop(), queues.stop()]);
  }

  #hear(call: Call, answer: Heard): void {
    this.witness.hear(call, answer);
    if (call.action !== 'SendMessageBatch' || answer.status !== 200) return;
    const { QueueUrl, Entries } = call.body as {
      QueueUrl: string;
      Entries: { MessageBody: string; DelaySeconds?: number }[];
    };
    for (const { MessageBody, DelaySeconds = 0 } of Entries) {
      const { taskId } = JSON.parse(MessageBody) as { taskId: string };
      if (QueueUrl.endsWith(QUEUES.dead)) this.told.set(taskId, (this.told.get(taskId) ?? 0) + 1);
      else this.onSent(QueueUrl, DelaySeconds);
    }
  }
}

export class AwsHouse extends CloudHouse {
  /** A sweep is a query of each shard. */
  override readonly sweepEveryMs = 6_000;
  readonly #cloud: Cloud;
  readonly #sites: Sites;
  readonly #urls: Urls;
  readonly #random = new Seeded(7).random();

  private constructor(fate: Fate, cloud: Cloud, { urls, sites }: { urls: Urls; sites: Sites }) {
    super(fate, new VirtualTime());
    this.#cloud = cloud;
    this.#urls = urls;
    this.#sites = sites;
    vi.setSystemTime(this.time.nowMs);
    cloud.onSent = (url, delaySeconds) => {
      const lane = LANES.find((each) => urls[each] === url);
      if (lane !== undefined) this.#lookAfter(lane, delaySeconds * SECOND + SOON_MS);
    };
    this.start();
  }

  static async open(fate: Fate, run: string, { cloud, sites }: { cloud: Cloud; sites: Sites }): Promise<AwsHouse> {
    const named = Object.entries(QUEUES).map(async ([name, end]) => {
      const Attributes = { VisibilityTimeout: String(VISIBILITY_SECONDS) };
      const { QueueUrl } = await cloud.sqs.send(new CreateQueueCommand({ QueueName: `r${run}-${end}`, Attributes }));
      return [name, QueueUrl!] as const;
    });
    const urls = Object.fromEntries(await Promise.all(named)) as Urls;
    return new AwsHouse(fate, cloud, { urls, sites });
  }

  /** Whoever asks for the date then is told the same. */
  override after(ms: number, run: () => void): () => void {
    return super.after(ms, () => {
      vi.setSystemTime(this.time.nowMs);
      run();
    });
  }

  protected portsOf(by: Mortal): OwnPorts {
    const { clock } = by;
    const isCounted = this.#sites === 'commands';
    const siteOf = (command: unknown): string => (command as object).constructor.name;
    const once = { only: ['send'], siteOf };
    const client = isCounted ? by.guarded('dynamodb', this.#cloud.table.client, once) : this.#cloud.table.client;
    const sqs = isCounted ? by.guarded('sqs', this.#cloud.sqs, once) : this.#cloud.sqs;
    const table = { client, name: this.#cloud.table.name };
    const keyValue = openKeyValue({ table, clock });
    const statistics = openStatistics({ keyValue, clock, acceptedBy: 'first-claim' });
    const parts: Ports = {
      ...{ keyValue, statistics, clock, random: this.#random, log: SILENT },
      ledger: openLedger({ table, clock, texts: by.name === 'sweeper' ? 'left' : 'read' }),
      doorbell: this.countedBells(openDoorbell({ sqs, queues: this.#urls, clock })),
      publisher: { publish: () => Promise.resolve() },
      deadLetters: this.countedDeaths(openDeadLetters({ sqs, queueUrl: this.#urls.dead })),
    };
    const ports = guardedPorts(by, parts, !isCounted);
    // What is counted or told of is held in memory until it is flushed: no call to anybody.
    const { publisher } = guardedPorts(by, parts, false);
    const told = by.guarded('statistics', statistics, { counts: false });
    return {
      ...ports,
      publisher,
      statistics: told,
      flush: () => by.call('statistics.flush', () => statistics.flush(), !isCounted),
    };
  }

  protected onWorker(): void {
    for (const lane of LANES) this.#lookAfter(lane, SOON_MS);
  }

  #lookAfter(lane: Lane, ms: number): void {
    this.after(ms, () => {
      if (!this.isTaking(lane)) this.#lookAfter(lane, RESTART_MS);
      else this.waitFor(this.#look(lane));
    });
  }

  async #look(lane: Lane): Promise<void> {
    const asked = new ReceiveMessageCommand({ QueueUrl: this.#urls[lane], MaxNumberOfMessages: 10 });
    const { Messages = [] } = await this.#cloud.sqs.send(asked);
    for (const message of Messages) void this.#answer(message, lane);
  }

  async #answer({ Body = '', ReceiptHandle }: Message, lane: Lane): Promise<void> {
    if (await this.deliver(bellIn(Body, lane))) {
      this.waitFor(this.#cloud.sqs.send(new DeleteMessageCommand({ QueueUrl: this.#urls[lane], ReceiptHandle })));
    } else {
      this.#lookAfter(lane, (VISIBILITY_SECONDS + 1) * SECOND);
    }
  }

  statusOf(taskId: string): LedgerTask['status'] | undefined {
    return this.#cloud.witness.task(taskId)?.status;
  }

  observe(taskId: string): Promise<Observed> {
    const { witness, told } = this.#cloud;
    const [history, task, { bells }] = [witness.historyOf(taskId), witness.task(taskId), witness.bellsOf(taskId)];
    return Promise.resolve({ history, task, bells, told: told.get(taskId) ?? 0 });
  }

  complaints(): readonly string[] {
    return [];
  }

  close(): Promise<void> {
    this.#cloud.onSent = () => undefined;
    return Promise.resolve();
  }
}
