/**
 * Those who look on: connections that follow all tasks of the tenant, as the list of the dashboard does, and what tells them: one
 * list of connections for each push, and one frame to each.
 */
import type { SQSEvent } from 'aws-lambda';
import { openKeyValue } from '../../aws/dynamo-key-value.ts';
import type { Gateway } from '../../aws/gateway.ts';
import { changesIn } from '../../aws/sqs-events.ts';
import type { Table } from '../../aws/table.ts';
import { tenantKey, tenantPrefix } from '../../core/entry-keys.ts';
import type { Clock, KeyValue } from '../../core/ports.ts';

export const TENANT = 'acme';
const TOPIC = ['live', 'tasks'] as const;
const MOST_VIEWERS = 1000;

export interface PushParts {
  readonly table: Table;
  readonly gateway: Gateway;
  readonly clock: Clock;
}

export type Push = (event: SQSEvent) => Promise<unknown>;

export function openPush({ table, gateway, clock }: PushParts): Push {
  const keyValue = openKeyValue({ table, clock });
  return async ({ Records }) => {
    const newest = new Map(Records.flatMap(({ body }) => changesIn(body).tasks.map((task) => [task.taskId, task])));
    const frame = Buffer.from(JSON.stringify({ kind: 'tasks', tasks: [...newest.values()] }));
    const viewers = await keyValue.list(tenantPrefix(TENANT, ...TOPIC), MOST_VIEWERS);
    await Promise.all(viewers.map(({ key }) => gateway.post(key, frame)));
  };
}

export async function seatViewers({ keyValue }: { keyValue: KeyValue }, viewers: number): Promise<void> {
  for (let viewer = 0; viewer < viewers; viewer += 1)
    await keyValue.swap(tenantKey(TENANT, ...TOPIC, `viewer-${viewer}`), 0, { value: {} });
}
