/**
 * Changes of tasks as messages of the `events` queue, for the push function. Held until they are flushed, or are many:
 * the newest of each task, one tenant a message [S14], a message no larger than what SQS bills as one request. Best effort:
 * never rejects. A submit is not told of: the first delivery is, moments later, and the submit stays cheap.
 */
import type { SQSClient } from '@aws-sdk/client-sqs';
import type { Task } from '@holdfast/api/types';
import { isTenant, taskName } from '../core/entry-keys.ts';
import { namesOf } from '../core/names-of.ts';
import type { Log, Publisher } from '../core/ports.ts';
import type { LedgerTask } from '../core/task.ts';
import { bodyOf, send } from './sqs-send.ts';

/** https://aws.amazon.com/sqs/pricing/: every 64 KB of a request count as one. */
const BILLED_CHUNK_BYTES = 65_536;
/** About one message of common tasks. */
const MOST_HELD = 80;

interface Change {
  readonly tenant: string;
  readonly createdAtMs: number;
  readonly task: Task;
}

export interface Changes {
  readonly tenant: string;
  readonly tasks: readonly Task[];
  /** Some changes were too large to be told: viewers have to read again. */
  readonly isIncomplete?: true;
}

export interface PublisherParts {
  readonly sqs: SQSClient;
  readonly queueUrl: string;
  readonly view: (task: LedgerTask) => Task;
  readonly log: Log;
}

export interface HeldPublisher extends Publisher {
  /** Settles when all that was told before has left, whoever sent it: what is on its way is lost where a process is frozen. */
  flush(): Promise<void>;
}

export function openPublisher({ sqs, queueUrl, view, log }: PublisherParts): HeldPublisher {
  let held = new Map<string, Change>();
  let left: Promise<unknown> = Promise.resolve();
  const onFault = (error: unknown, lost: number): void => log.warn('changes-not-sent', { ...namesOf(error), lost });
  const hold = (task: LedgerTask): void => {
    const name = taskName(task);
    const { tenant, createdAtMs } = task;
    try {
      if (!isOlder(task, held.get(name))) held.set(name, { tenant, createdAtMs, task: view(task) });
    } catch (error) {
      onFault(error, 1); // a task that cannot be shown must not end the attempt that tells of it
    }
  };
  const flush = async (): Promise<void> => {
    const changes = [...held.values()];
    held = new Map();
    const tenants = Map.groupBy(changes, ({ tenant }) => tenant);
    const messages = Array.from(tenants, ([tenant, of]) => bodiesOf(tenant, of).map((body) => ({ tenant, body })));
    if (changes.length > 0) left = Promise.all([left, send({ sqs, url: queueUrl, onFault }, messages.flat())]);
    await left;
  };
  return {
    flush,
    publish: async (events) => {
      for (const { move, task } of events) if (move !== 'submit') hold(task);
      if (held.size >= MOST_HELD) await flush();
    },
  };
}

/** A life that began later is newer, whatever its version. */
const isOlder = (task: LedgerTask, than: Change | undefined): boolean =>
  than !== undefined &&
  (task.createdAtMs < than.createdAtMs || (task.createdAtMs === than.createdAtMs && task.version <= than.task.version));

function bodiesOf(tenant: string, changes: readonly Change[]): string[] {
  const room = BILLED_CHUNK_BYTES - bodyOf({ tenant, tasks: [], isIncomplete: true }).length;
  const texts = changes.map(({ task }) => bodyOf(task));
  const fitting = texts.filter(({ length }) => length <= room);
  const messages: string[][] = [[]];
  let left = room;
  for (const text of fitting) {
    if (text.length > left) [left] = [room, messages.push([])];
    messages.at(-1)!.push(text);
    left -= text.length + 1;
  }
  const isIncomplete = fitting.length < texts.length;
  const head = bodyOf({ tenant, ...(isIncomplete && { isIncomplete }) }).slice(0, -1);
  return messages.map((of) => `${head},"tasks":[${of.join(',')}]}`);
}

/** The changes in a message of the `events` queue. Throws for what is none. */
export function changesIn(body: string): Changes {
  const { tenant, tasks, isIncomplete } = (JSON.parse(body) ?? {}) as Partial<Changes>;
  if (typeof tenant !== 'string' || !isTenant(tenant) || !Array.isArray(tasks)) {
    throw new TypeError('The message tells of no changes.');
  }
  return { tenant, tasks: tasks as readonly Task[], ...(isIncomplete && { isIncomplete }) };
}
