/**
 * The composition of what keeps the live channel on AWS: settings come in, out come the connections in the table and the way
 * to them. No queue and no handler, so that these functions stay small.
 */
import { openGatewayClient, openTable } from '../aws/clients.ts';
import { openKeyValue } from '../aws/dynamo-key-value.ts';
import type { Gateway } from '../aws/gateway.ts';
import { openGateway } from '../aws/sdk-gateway.ts';
import type { Table } from '../aws/table.ts';
import type { Ports } from '../core/ports.ts';
import { systemClock, systemRandom } from '../platform.ts';
import { Connections } from './connections.ts';
import { openLog } from './log.ts';
import type { AwsSettings, Resource } from './settings.ts';
import { readAwsSettings } from './settings.ts';

export interface LiveParts<R extends Resource> extends Pick<Ports, 'keyValue' | 'clock' | 'random' | 'log'> {
  readonly settings: AwsSettings<R | 'TABLE'>;
  readonly table: Table;
  readonly connections: Connections;
}

/** `more`: resources beside the table. Throws UnusableSettings. */
export function openLive<const R extends Resource>(more: readonly R[]): LiveParts<R> {
  const settings = readAwsSettings<R | 'TABLE'>(['TABLE', ...more]);
  const clock = systemClock;
  const table = openTable(settings.resources.TABLE);
  const keyValue = openKeyValue({ table, clock });
  const connections = new Connections({ keyValue, clock });
  return { settings, table, keyValue, clock, random: systemRandom(), log: openLog(settings), connections };
}

export const gatewayOf = ({ resources }: AwsSettings<'GATEWAY_URL'>): Gateway =>
  openGateway({ client: openGatewayClient(resources.GATEWAY_URL) });
