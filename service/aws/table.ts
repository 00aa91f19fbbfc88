/**
 * The one table: its keys, its indexes, and how an item is named. `attention` holds what somebody must look at (open tasks by
 * `due`, over all tenants) and the inbox (dead tasks by the time of death); `timeline` every task by its day.
 */
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';

export interface Table {
  readonly client: DynamoDBDocumentClient;
  readonly name: string;
}

/** Attributes that serverless.yml and the emulators declare. */
export const KEYS = { partition: 'PK', sort: 'SK' } as const;
export const ATTENTION = { index: 'attention', partition: 'AP', sort: 'AS' } as const;
export const TIMELINE = { index: 'timeline', partition: 'TP', sort: 'TS' } as const;
/** Projected into `attention`. */
export const PROJECTED = ['ty', 'g'] as const;
/** Epoch seconds: the only time in the table that is not in milliseconds, for DynamoDB deletes by it. */
export const TTL = 'ttl';
