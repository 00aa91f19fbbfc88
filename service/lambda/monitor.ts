/**
 * Reads the `dead` queue: a line of the log for each task that died, and numbers by class. Nothing that a handler wrote. A death
 * may be told twice. What tells of no death is given back, and ends as an incident.
 */
import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';
import type { Death } from '../aws/sqs-dead-letters.ts';
import { deathIn } from '../aws/sqs-dead-letters.ts';
import { lazily } from './invocation.ts';
import { metricLine } from './metrics.ts';
import type { TellingParts } from './telling.ts';
import { openTelling } from './telling.ts';

export type Monitor = (event: SQSEvent) => Promise<SQSBatchResponse>;

export function createMonitor({ stage, log, nowMs, write }: TellingParts): Monitor {
  return ({ Records: records }) => {
    const read = records.map(({ body, messageId }) => ({ messageId, death: deathOrNone(body) }));
    const deaths = read.flatMap(({ death }) => death ?? []);
    for (const { tenant, taskId, type, traceId, fence, class: failureClass, code } of deaths) {
      log.warn('task-dead', { tenant, taskId, type, traceId, fence, class: failureClass, code });
    }
    for (const [failureClass, { length: count }] of Map.groupBy(deaths, (death) => death.class ?? 'UNKNOWN')) {
      write(`${metricLine({ name: 'DeadTasks', stage, atMs: nowMs(), count, class: failureClass })}\n`);
    }
    const strange = read.filter(({ death }) => death === undefined).map(({ messageId }) => messageId);
    for (const messageId of strange) log.error('no-death', { reason: messageId });
    return Promise.resolve({ batchItemFailures: strange.map((itemIdentifier) => ({ itemIdentifier })) });
  };
}

function deathOrNone(body: string): Death | undefined {
  try {
    return deathIn(body);
  } catch {
    return undefined;
  }
}

const opened = lazily(() => Promise.resolve(createMonitor(openTelling())));

export const handler: Monitor = async (event) => (await opened())(event);
