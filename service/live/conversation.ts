/**
 * One message of a client, and what its connection stands at, become a reply and perhaps other topics. No socket and no
 * state: every engine's channel talks like this. A message that breaks a rule changes nothing.
 */
import type { ClientMessage, LiveErrorCode, ServerMessage, Subscribe, Unsubscribe } from '@holdfast/api/types';
import type { ValidationFault, Validator } from '@holdfast/api/validator';
import { clientMessages } from '@holdfast/api/validators';
import type { Ports } from '../core/ports.ts';
import { Refusal } from '../core/refusal.ts';
import type { Principal } from '../http/principal.ts';
import { strictJson } from '../http/strict-json.ts';
import { timestamp } from '../http/view.ts';
import { MOST_TOPICS, taskIdsIn, typesIn } from './topics.ts';

export interface Standing {
  readonly principal: Principal;
  readonly topics: ReadonlySet<string>;
}

/** What a conversation asks of the house. */
export interface Knowledge {
  readonly nowMs: () => number;
  readonly hasType: (type: string) => boolean;
  /** Those of the ids that name a task of the tenant. Throws LedgerUnavailable. */
  readonly existing: (tenant: string, taskIds: readonly string[]) => Promise<ReadonlySet<string>>;
}

export const knowledgeOf = (
  { clock, ledger }: Pick<Ports, 'clock' | 'ledger'>,
  hasType: Knowledge['hasType'],
): Knowledge => ({
  nowMs: () => clock.nowMs(),
  hasType,
  existing: async (tenant, taskIds) => {
    const items = await ledger.get(taskIds.map((taskId) => ({ tenant, taskId })));
    return new Set(taskIds.filter((_, i) => items[i] !== undefined));
  },
});

export interface Turn {
  readonly reply: ServerMessage;
  /** All topics from now on; undefined when they stay. To be followed before the reply leaves. */
  readonly topics?: ReadonlySet<string>;
  /** Why the reply is `internal`: for the log. */
  readonly fault?: unknown;
}

type ReplyTo = string | null;

const MESSAGE_ID = /^[A-Za-z0-9_-]{1,64}$/;
const RETRYABLE: ReadonlySet<LiveErrorCode> = new Set<LiveErrorCode>(['internal', 'rate-limited']);
const JUDGES: Readonly<Record<string, Validator<ClientMessage>>> = clientMessages;

export const refused = (replyTo: ReplyTo, code: LiveErrorCode, message: string): Turn => ({
  reply: { kind: 'error', replyTo, code, message, retryable: RETRYABLE.has(code) },
});

/** Never throws: a fault is told as `internal`. */
export async function answerTo(bytes: Buffer, standing: Standing, knowledge: Knowledge): Promise<Turn> {
  let replyTo: ReplyTo = null;
  try {
    const value = strictJson(bytes);
    replyTo = idIn(value);
    const judge = judgeOf(value);
    if (judge === undefined) return refused(replyTo, 'unknown-action', 'The actions are in the contract.');
    if (judge(value)) return await obeyed(value, standing, knowledge);
    return invalid(replyTo, judge.errors ?? []);
  } catch (error) {
    if (error instanceof Refusal) return unreadable(error, replyTo);
    return {
      ...refused(replyTo, 'internal', 'The fault is recorded; the same message may succeed later.'),
      fault: error,
    };
  }
}

function idIn(value: unknown): ReplyTo {
  const id: unknown = (value as { id?: unknown } | null)?.id;
  return typeof id === 'string' && MESSAGE_ID.test(id) ? id : null;
}

function judgeOf(value: unknown): Validator<ClientMessage> | undefined {
  const action: unknown = (value as { action?: unknown } | null)?.action;
  return typeof action === 'string' && Object.hasOwn(JUDGES, action) ? JUDGES[action] : undefined;
}

/** Beside what is no JSON there is what JSON.parse would take and change: a key twice, half a character. */
function unreadable({ code, message }: Refusal, replyTo: ReplyTo): Turn {
  if (code === 'invalid-json') return refused(replyTo, code, 'The frame is not JSON.');
  return refused(replyTo, 'validation', message.replace('of the body', 'of the message'));
}

function invalid(replyTo: ReplyTo, faults: readonly ValidationFault[]): Turn {
  if (faults.some(({ keyword, instancePath }) => keyword === 'maxItems' && instancePath === '/topics')) {
    return tooManyTopics(replyTo);
  }
  const [{ instancePath, message }] = [faults[0] ?? { instancePath: '', message: undefined }];
  return refused(
    replyTo,
    'validation',
    `The message is wrong at ${instancePath || 'its root'}: ${message ?? 'see the contract'}.`,
  );
}

const tooManyTopics = (replyTo: ReplyTo): Turn =>
  refused(replyTo, 'too-many-topics', `A connection follows at most ${MOST_TOPICS} topics; nothing was changed.`);

function obeyed(message: ClientMessage, standing: Standing, knowledge: Knowledge): Turn | Promise<Turn> {
  if (message.action === 'subscribe') return subscribed(message, standing, knowledge);
  if (message.action === 'unsubscribe') return unsubscribed(message, standing);
  return { reply: { kind: 'pong', replyTo: message.id, at: timestamp(knowledge.nowMs()) } };
}

async function subscribed({ id, topics }: Subscribe, standing: Standing, knowledge: Knowledge): Promise<Turn> {
  const { principal } = standing;
  if (!principal.scopes.has('tasks:read'))
    return refused(id, 'insufficient-scope', 'Following needs the scope tasks:read.');
  const all = new Set([...standing.topics, ...topics]);
  if (all.size > MOST_TOPICS) return tooManyTopics(id);
  const added = topics.filter((topic) => !standing.topics.has(topic));
  const taskIds = taskIdsIn(added);
  const existing = taskIds.length > 0 ? await knowledge.existing(principal.tenant, taskIds) : new Set<string>();
  const hasAll = typesIn(added).every(knowledge.hasType) && taskIds.every((taskId) => existing.has(taskId));
  if (!hasAll)
    return refused(id, 'not-found', 'There is no such type, or no task with such an id; nothing was changed.');
  return following(id, all);
}

function unsubscribed({ id, topics }: Unsubscribe, standing: Standing): Turn {
  const all = new Set(standing.topics);
  for (const topic of topics) all.delete(topic);
  return following(id, all);
}

const following = (replyTo: string, topics: ReadonlySet<string>): Turn => ({
  reply: { kind: 'subscriptions', replyTo, topics: [...topics] },
  topics,
});
