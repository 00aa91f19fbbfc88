/**
 * Deaths as messages of the `dead` queue, for whoever watches. Nothing that a handler wrote, and nothing of the payload:
 * who is told reads the task. A death may be told twice.
 */
import type { SQSClient } from '@aws-sdk/client-sqs';
import { isTenant } from '../core/entry-keys.ts';
import { namesOf } from '../core/names-of.ts';
import type { DeadLetters, Log, LogFields } from '../core/ports.ts';
import type { LedgerTask } from '../core/task.ts';
import { traceIdOf } from '../core/task.ts';
import { bodyOf, send } from './sqs-send.ts';

/** As the log tells of it. */
export type Death = Pick<LogFields, 'traceId' | 'class' | 'code'> &
  Pick<LedgerTask, 'tenant' | 'taskId' | 'type' | 'fence'> & { readonly finishedAtMs: number };

export interface DeadLettersParts {
  readonly sqs: SQSClient;
  readonly queueUrl: string;
  readonly log?: Log;
}

export function openDeadLetters({ sqs, queueUrl, log }: DeadLettersParts): DeadLetters {
  const onFault = (error: unknown, lost: number): void =>
    log?.warn('deaths-not-announced', { ...namesOf(error), lost });
  return {
    announce: (tasks) =>
      send(
        { sqs, url: queueUrl, onFault },
        tasks.map((task) => ({ tenant: task.tenant, body: bodyOf(deathOf(task)) })),
      ),
  };
}

const deathOf = (task: LedgerTask): Death => ({
  tenant: task.tenant,
  taskId: task.taskId,
  type: task.type,
  fence: task.fence,
  class: task.lastFailure?.class,
  code: task.lastFailure?.code,
  traceId: traceIdOf(task),
  finishedAtMs: task.finishedAtMs ?? task.updatedAtMs,
});

/** The death in a message of the `dead` queue. Throws for what is none. */
export function deathIn(body: string): Death {
  const death = (JSON.parse(body) ?? {}) as Partial<Death>;
  const isDeath =
    typeof death.tenant === 'string' &&
    isTenant(death.tenant) &&
    [death.taskId, death.type].every((each) => typeof each === 'string') &&
    [death.fence, death.finishedAtMs].every((each) => Number.isFinite(each)) &&
    [death.class, death.code, death.traceId].every((each) => each === undefined || typeof each === 'string');
  if (!isDeath) throw new TypeError('The message tells of no death.');
  return death as Death;
}
