/**
 * What AWS says about SQS and this house relies on, or must not: each fact can be tried on a queue, and says who is known
 * to differ. A difference that is gone, or a new one, is a failing test.
 */
import { NotModelled } from './queue-subject.ts';
import type { QueueSubject } from './queue-subject.ts';

export interface Fact {
  readonly name: string;
  /** Below https://docs.aws.amazon.com/AWSSimpleQueueService/latest/. */
  readonly source: string;
  /** Whether the simulated queue can be asked; it knows of no limits. */
  readonly isModelled?: true;
  /** What fauxqs does instead. A difference that is gone is a failing test. */
  readonly fauxqs?: string;
  /** What the adapter does about a difference, or why it does no harm. */
  readonly adapter?: string;
  /** Whether the queue is as AWS says. */
  readonly check: (queue: QueueSubject) => Promise<boolean>;
}

const QUOTAS = 'SQSDeveloperGuide/quotas-messages.html';
const SEND = 'APIReference/API_SendMessage.html';
const BATCH = 'APIReference/API_SendMessageBatch.html';
const RECEIVE = 'APIReference/API_ReceiveMessage.html';
const DELETE = 'APIReference/API_DeleteMessage.html';
const CREATE = 'APIReference/API_CreateQueue.html';
const VISIBILITY = 'SQSDeveloperGuide/sqs-visibility-timeout.html';
const MEBIBYTE = 1_048_576;

async function refusal(promise: Promise<unknown>): Promise<string | undefined> {
  try {
    await promise;
    return undefined;
  } catch (error) {
    if (error instanceof NotModelled) throw error;
    // Emulators name some errors as the older protocol does.
    return (error as Error).name.replace('AWS.SimpleQueueService.', '');
  }
}

const isRefused = async (promise: Promise<unknown>, as?: string): Promise<boolean> => {
  const name = await refusal(promise);
  return as === undefined ? name !== undefined : name === as;
};

const bodies = async (queue: QueueSubject): Promise<string[]> => (await queue.receive()).map(({ Body = '' }) => Body);
const visible = async (queue: QueueSubject): Promise<number> =>
  Number(await queue.attribute('ApproximateNumberOfMessages'));

type Rest = Omit<Fact, 'name' | 'source'>;
const fact = (name: string, source: string, rest: Rest): Fact => ({ name, source, ...rest });

const LIMITS: readonly Fact[] = [
  fact('a message is delayed by at most 900 s', QUOTAS, {
    fauxqs: 'takes more',
    adapter: 'asks for no more than 900 s; the sweeper does the rest',
    check: (queue) => isRefused(queue.send('a', { delaySeconds: 901 }), 'InvalidParameterValue'),
  }),
  fact('a batch has at most 10 entries', BATCH, {
    check: (queue) =>
      isRefused(queue.sendBatch(Array.from({ length: 11 }, () => ({}))), 'TooManyEntriesInBatchRequest'),
  }),
  fact('a batch has at least one entry', BATCH, {
    check: (queue) => isRefused(queue.sendBatch([]), 'EmptyBatchRequest'),
  }),
  fact('the ids of a batch are distinct', BATCH, {
    check: (queue) => isRefused(queue.sendBatch([{ Id: 'a' }, { Id: 'a' }]), 'BatchEntryIdsNotDistinct'),
  }),
  fact('an id of a batch is of letters, digits, - and _', QUOTAS, {
    check: (queue) => isRefused(queue.sendBatch([{ Id: 'a.b' }]), 'InvalidBatchEntryId'),
  }),
  fact('an id of a batch has at most 80 characters', QUOTAS, {
    fauxqs: 'takes more',
    adapter: 'ids are one digit',
    check: (queue) => isRefused(queue.sendBatch([{ Id: 'a'.repeat(81) }]), 'InvalidBatchEntryId'),
  }),
  fact('the bodies of a batch have at most 1 MiB together', BATCH, {
    check: async (queue) => {
      const half = { MessageBody: 'a'.repeat(MEBIBYTE / 2) };
      const isTaken = (await queue.sendBatch([half, half])).length === 0;
      return isTaken && isRefused(queue.sendBatch([half, half, { MessageBody: 'b' }]), 'BatchRequestTooLong');
    },
  }),
  fact('a message has at most 1 MiB', SEND, {
    check: (queue) => isRefused(queue.send('a'.repeat(MEBIBYTE + 1)), 'InvalidParameterValue'),
  }),
  fact('a message may hold any character of XML, those beyond U+FFFF too', SEND, {
    fauxqs: 'refuses those beyond U+FFFF',
    adapter: 'bodies are plain ASCII',
    check: async (queue) => !(await isRefused(queue.send('ü 😀'))),
  }),
  fact('a group is named in at most 128 characters, without spaces', SEND, {
    fauxqs: 'takes any',
    adapter: 'a group is a tenant: at most 63 letters, digits and -',
    check: async (queue) =>
      (await isRefused(queue.send('a', { group: 'a b' }))) && isRefused(queue.send('a', { group: 'a'.repeat(129) })),
  }),
  fact('at most 10 messages are received at once', RECEIVE, {
    check: (queue) => isRefused(queue.receive({ most: 11 })),
  }),
  fact('a message is hidden for at most 12 hours', VISIBILITY, {
    check: (queue) => isRefused(queue.receive({ visibilitySeconds: 43_201 })),
  }),
];

const DELIVERY: readonly Fact[] = [
  fact('each message of a standard queue has its own delay', SEND, {
    isModelled: true,
    check: async (queue) => {
      await queue.send('late', { delaySeconds: 5 });
      await queue.send('now');
      const first = await bodies(queue);
      await queue.pass(4_999);
      const early = await bodies(queue);
      await queue.pass(1);
      return [first, early, await bodies(queue)].join() === 'now,,late';
    },
  }),
  fact('a received message is hidden, and comes back when its visibility time-out is over', VISIBILITY, {
    isModelled: true,
    check: async (queue) => {
      await queue.send('a');
      const first = await bodies(queue);
      await queue.pass(89_999);
      const hidden = await bodies(queue);
      await queue.pass(1);
      return [first, hidden, await bodies(queue)].join() === 'a,,a';
    },
  }),
  fact('a message knows how often it was received', RECEIVE, {
    check: async (queue) => {
      await queue.send('a');
      await queue.receive({ visibilitySeconds: 1 });
      await queue.pass(1_000);
      const [message] = await queue.receive({ visibilitySeconds: 1 });
      return message?.Attributes?.ApproximateReceiveCount === '2';
    },
  }),
  fact('deleting by the receipt of an earlier delivery is answered with success', DELETE, {
    isModelled: true,
    check: async (queue) => {
      await queue.send('a');
      const [first] = await queue.receive();
      await queue.pass(90_000);
      await queue.receive();
      return !(await isRefused(queue.delete(first?.ReceiptHandle)));
    },
  }),
  fact('deleting twice is answered with success', DELETE, {
    isModelled: true,
    check: async (queue) => {
      await queue.send('a');
      const [message] = await queue.receive();
      await queue.delete(message?.ReceiptHandle);
      return !(await isRefused(queue.delete(message?.ReceiptHandle)));
    },
  }),
  fact('a visibility of 0 s shows a message at once', VISIBILITY, {
    check: async (queue) => {
      await queue.send('a');
      const [message] = await queue.receive();
      await queue.hideFor(message?.ReceiptHandle, 0);
      return (await bodies(queue)).join() === 'a';
    },
  }),
  fact('what was deleted is hidden no longer', 'APIReference/API_ChangeMessageVisibility.html', {
    check: async (queue) => {
      await queue.send('a');
      const [message] = await queue.receive();
      await queue.delete(message?.ReceiptHandle);
      return isRefused(queue.hideFor(message?.ReceiptHandle, 10));
    },
  }),
  fact('a message of a standard queue keeps its group', 'SQSDeveloperGuide/sqs-fair-queues.html', {
    fauxqs: 'drops it',
    adapter: 'groups are for fairness alone; the tenant stands in the body',
    check: async (queue) => {
      await queue.send('a', { group: 'alpha' });
      const [message] = await queue.receive();
      return message?.Attributes?.MessageGroupId === 'alpha';
    },
  }),
  fact('a long poll ends when a message arrives', 'SQSDeveloperGuide/sqs-short-and-long-polling.html', {
    check: async (queue) => {
      const [messages] = await Promise.all([queue.receive({ waitSeconds: 20 }), queue.send('a')]);
      return messages.length === 1;
    },
  }),
];

const QUEUES: readonly Fact[] = [
  fact('a message received more often than the redrive policy says moves to its queue', CREATE, {
    check: async (queue) => {
      const dead = await queue.other(`${queue.name}-dead`);
      const deadLetterTargetArn = await dead.attribute('QueueArn');
      const policy = JSON.stringify({ deadLetterTargetArn, maxReceiveCount: 2 });
      const own = await queue.other(`${queue.name}-own`, { RedrivePolicy: policy });
      await own.send('a');
      for (let i = 0; i < 3; i += 1) {
        await own.receive({ visibilitySeconds: 1 });
        await own.pass(1_000);
      }
      return (await bodies(dead)).join() === 'a';
    },
  }),
  fact('the number of messages counts neither delayed ones nor those in flight', CREATE, {
    isModelled: true,
    check: async (queue) => {
      for (const body of ['a', 'b']) await queue.send(body);
      await queue.send('late', { delaySeconds: 60 });
      await queue.receive();
      return (await visible(queue)) === 1;
    },
  }),
  fact('a message is counted as soon as its delay is over', CREATE, {
    isModelled: true,
    fauxqs: 'counts it when somebody receives',
    adapter: 'the brake may see too few bells: one too many is rung',
    check: async (queue) => {
      await queue.send('late', { delaySeconds: 60 });
      await queue.pass(60_000);
      return (await visible(queue)) === 1;
    },
  }),
  fact('a message is gone when its retention is over', QUOTAS, {
    fauxqs: 'keeps it',
    adapter: 'any bell may be lost at any time',
    check: async (queue) => {
      const brief = await queue.other(`${queue.name}-brief`, { MessageRetentionPeriod: '60' });
      await brief.send('a');
      await brief.pass(61_000);
      return (await bodies(brief)).length === 0;
    },
  }),
  fact('a name is not free for 60 s after its queue was deleted', 'APIReference/API_DeleteQueue.html', {
    fauxqs: 'gives it at once',
    adapter: 'no code deletes a queue',
    check: async (queue) => {
      await queue.remove();
      return isRefused(queue.other(queue.name), 'QueueDeletedRecently');
    },
  }),
  fact('a name is not free for a queue with other attributes', CREATE, {
    check: (queue) => isRefused(queue.other(queue.name, { VisibilityTimeout: '7' }), 'QueueNameExists'),
  }),
  fact('what was sent to a deleted queue is refused', SEND, {
    check: async (queue) => {
      await queue.remove();
      return isRefused(queue.send('a'), 'QueueDoesNotExist');
    },
  }),
  fact('a queue is purged at most once in 60 s', 'APIReference/API_PurgeQueue.html', {
    fauxqs: 'purges again',
    adapter: 'no code purges a queue',
    check: async (queue) => {
      await queue.purge();
      return isRefused(queue.purge(), 'PurgeQueueInProgress');
    },
  }),
];

export const SQS_FACTS: readonly Fact[] = [...LIMITS, ...DELIVERY, ...QUEUES];

const pageOf = ({ source }: Fact): string => /([^/]+)\.html$/.exec(source)![1]!;

/** What the links of the table lead to. */
export const targetOf = (each: Fact): string =>
  `[${pageOf(each)}]: https://docs.aws.amazon.com/AWSSimpleQueueService/latest/${each.source}`;

/** The cells of CONTRIBUTING.md, "What the emulators get wrong". */
export const rowOf = (each: Fact): string[] => [
  ...[each.name, `[${pageOf(each)}]`, each.isModelled ? 'holds' : '–'],
  ...[each.fauxqs ?? 'holds', each.adapter ?? '–'],
];
