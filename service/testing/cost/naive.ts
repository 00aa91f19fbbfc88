/**
 * The design that is written first: a task is put whole and updated three times, its queue carries it whole, one message an
 * invocation; lists and connections are found by Scan; every change is pushed to everyone at once, whole. Through the same meter.
 */
import { SendMessageCommand } from '@aws-sdk/client-sqs';
import { PutCommand, ScanCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { sleep } from '../../core/ports.ts';
import type { Cloud } from './cloud.ts';
import { createCloud, newStandInTable, startSource, TAKES_MS } from './cloud.ts';
import type { CostRun, Workload } from './workload.ts';
import { atPace, LIST_EVERY_MS, platformLines, stored } from './workload.ts';

const QUEUE = 'https://sqs.naive/tasks';
const MEMORY_MB = 1024;

interface NaiveTask {
  readonly taskId: string;
  readonly payload: string;
}

interface Naive extends Cloud {
  readonly connections: Pick<Cloud, 'table'>;
}

export async function runNaive(workload: Workload): Promise<CostRun> {
  const cloud = createCloud([]);
  const naive: Naive = { ...cloud, connections: newStandInTable(cloud, { indexes: [] }) };
  for (let viewer = 0; viewer < workload.viewers; viewer += 1)
    void put(naive.connections.table, { PK: `connection-${viewer}`, SK: '-', connectedAt: 'x'.repeat(24) });
  await cloud.play(() => true);
  await cloud.play(() => cloud.book.usage.sharedWriteUnits === workload.viewers);
  cloud.book.reset();
  let done = 0;
  const deliver = async ([message]: readonly { body: string }[]): Promise<void> => {
    await invoked(naive, () => work(naive, JSON.parse(message!.body) as NaiveTask));
    done += 1;
  };
  const source = startSource(cloud, { url: QUEUE, batchSize: 1, windowMs: 0, concurrency: 100, deliver });
  const stopLists = lists(naive, workload.hasLists ? workload.viewers : 0);
  atPace(cloud, workload, (numbers) => {
    for (const number of numbers)
      void submit(naive, { taskId: `task-${number}`, payload: 'x'.repeat(workload.payloadBytes) });
  });
  const fromMs = cloud.clock.nowMs();
  await cloud.play(() => done === workload.tasks && source.isIdle());
  source.stop();
  stopLists();
  stored(cloud);
  cloud.front.connected((workload.viewers * (cloud.clock.nowMs() - fromMs)) / 60_000);
  return {
    usage: cloud.book.usage,
    calls: cloud.book.calls,
    hottest: cloud.book.hottest(10),
    succeeded: done,
    dead: 0,
    failures: 0,
  };
}

/** Named so that the meter knows an item of a task. */
const itemOf = ({ taskId }: NaiveTask): string => `T#naive#TASK#${taskId}`;

const put = (table: Cloud['table'], Item: Record<string, unknown>) =>
  table.client.send(new PutCommand({ TableName: table.name, Item }));

async function invoked(naive: Naive, run: () => Promise<void>): Promise<void> {
  await naive.invoke(MEMORY_MB, run);
  for (const line of [...platformLines(MEMORY_MB), '2026-01-01T00:00:00.000Z INFO task changed its status'])
    naive.front.log(line);
}

async function submit(naive: Naive, task: NaiveTask): Promise<void> {
  const body = JSON.stringify(task);
  await invoked(naive, async () => {
    const item = { PK: itemOf(task), SK: '-', ...task, status: 'queued', createdAt: 'x'.repeat(24) };
    await put(naive.table, item);
    await naive.sqs.send(new SendMessageCommand({ QueueUrl: QUEUE, MessageBody: body }));
    await push(naive, body);
  });
  naive.front.http(body.length, body.length);
}

async function work(naive: Naive, task: NaiveTask): Promise<void> {
  for (const status of ['running', 'finishing', 'succeeded']) {
    await naive.table.client.send(
      new UpdateCommand({
        TableName: naive.table.name,
        Key: { PK: itemOf(task), SK: '-' },
        UpdateExpression: 'SET #status = :status, updatedAt = :at',
        ExpressionAttributeNames: { '#status': 'status' },
        ExpressionAttributeValues: { ':status': status, ':at': 'x'.repeat(24) },
      }),
    );
    await push(naive, JSON.stringify({ ...task, status }));
  }
}

/** To all at once. */
async function push(naive: Naive, frame: string): Promise<void> {
  const { table } = naive.connections;
  const { Items = [] } = await table.client.send(new ScanCommand({ TableName: table.name }));
  for (let to = 0; to < Items.length; to += 1) naive.front.message(Buffer.byteLength(frame), 'out');
  await sleep(naive.clock, TAKES_MS.gateway);
}

/** Each viewer reads its list anew, one page of a Scan. */
function lists(naive: Naive, viewers: number): () => void {
  let isStopped = false;
  const list = async (): Promise<void> => {
    if (isStopped) return;
    naive.clock.timer(LIST_EVERY_MS, () => void list());
    for (let viewer = 0; viewer < viewers; viewer += 1) {
      await invoked(naive, async () => {
        await naive.table.client.send(new ScanCommand({ TableName: naive.table.name }));
      });
      naive.front.http(200, 50 * 700);
    }
  };
  naive.clock.timer(LIST_EVERY_MS, () => void list());
  return () => (isStopped = true);
}
