/**
 * Reads the queue to which SQS moves what was delivered five times in vain: a line of the log and a number, for people. Never a
 * reaction: the ledger knows what is to be done, and its sweeper does it.
 */
import type { SQSEvent, SQSRecord } from 'aws-lambda';
import { bellIn } from '../aws/sqs-doorbell.ts';
import type { LogFields } from '../core/ports.ts';
import { lazily } from './invocation.ts';
import { metricLine } from './metrics.ts';
import type { TellingParts } from './telling.ts';
import { openTelling } from './telling.ts';

export type Incident = (event: SQSEvent) => Promise<void>;

export function createIncident({ stage, log, nowMs, write }: TellingParts): Incident {
  return ({ Records: records }) => {
    for (const record of records) log.error('not-taken', wordsOf(record));
    write(`${metricLine({ name: 'Incidents', stage, atMs: nowMs(), count: records.length })}\n`);
    return Promise.resolve();
  };
}

/** Of a bell whose it is; of anything else the message alone. */
function wordsOf({ body, messageId: reason }: SQSRecord): LogFields {
  try {
    const { tenant, taskId, type } = bellIn(body, 'fresh');
    return { tenant, taskId, type, reason };
  } catch {
    return { reason };
  }
}

const opened = lazily(() => Promise.resolve(createIncident(openTelling())));

export const handler: Incident = async (event) => (await opened())(event);
