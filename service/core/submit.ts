/**
 * Submissions in, receipts out. A receipt is given only for an item the ledger confirmed [S1]; the same request again
 * gets the task as it is now, another request under the same id a conflict [S16].
 */
import { requestHash, taskIdOfKey } from './identity.ts';
import { follow } from './follow.ts';
import type { Ports, SubmitResult } from './ports.ts';
import { isUnreadable } from './ports.ts';
import type { Rules } from './rules.ts';
import { neededDueMs } from './rules.ts';
import type { LedgerTask } from './task.ts';
import { ITEM_SCHEMA } from './task.ts';

/** What a client asks for, its payload not judged by its type. */
export interface Request {
  readonly tenant: string;
  readonly taskId?: string;
  readonly idempotencyKey?: string;
  readonly type: string;
  readonly payload: unknown;
  /** As the client wrote it, for the request's hash. */
  readonly runAt?: string;
  readonly delaySeconds?: number;
  readonly tags?: readonly string[];
  readonly traceparent?: string;
}

/** A request whose fields and payload have been validated against the contract. */
export interface Submission extends Request {
  readonly payloadVersion: number;
}

export type Receipt =
  | { readonly kind: 'accepted' | 'replayed'; readonly task: LedgerTask }
  | { readonly kind: 'conflict' }
  | { readonly kind: 'failed' };

type Context = Pick<Submission, 'tenant'> & { readonly nowMs: number; readonly ports: Ports; readonly rules: Rules };

function hashOf({ type, payload, runAt, delaySeconds, tags }: Request): string {
  return requestHash({
    type,
    payload,
    ...(runAt !== undefined && { runAt }),
    ...(delaySeconds !== undefined && { delaySeconds }),
    ...(tags !== undefined && { tags }),
  });
}

function runAtMsOf({ runAt, delaySeconds }: Submission, nowMs: number): number {
  if (runAt !== undefined) return Math.max(nowMs, Date.parse(runAt));
  return nowMs + (delaySeconds ?? 0) * 1_000;
}

/** The id that the client has given; undefined when the server is to make one. */
const idOf = ({ tenant, taskId, idempotencyKey }: Request): string | undefined =>
  taskId ?? (idempotencyKey === undefined ? undefined : taskIdOfKey(tenant, idempotencyKey));

function newTask(submission: Submission, { nowMs, ports, rules }: Context): LedgerTask {
  const { tenant, type, payloadVersion, payload, tags = [], traceparent } = submission;
  const runAtMs = runAtMsOf(submission, nowMs);
  const isScheduled = runAtMs > nowMs;
  const task: LedgerTask = {
    tenant,
    taskId: idOf(submission) ?? ports.random.taskId(nowMs),
    schema: ITEM_SCHEMA,
    type,
    payloadVersion,
    status: isScheduled ? 'scheduled' : 'queued',
    version: 1,
    fence: 0,
    failures: 0,
    crashes: 0,
    lostInRow: 0,
    budgetBase: 0,
    notBeforeMs: runAtMs,
    rings: 0,
    expiresAtMs: runAtMs + (rules.policyOf(type).maxAgeMs ?? rules.constants.maxAgeMs),
    requestHash: hashOf(submission),
    tags,
    ...(traceparent !== undefined && { traceparent }),
    createdAtMs: nowMs,
    updatedAtMs: nowMs,
    ...(isScheduled && { runAtMs, waiting: { reason: 'scheduled', untilMs: runAtMs } }),
    attemptsTotal: 0,
    attempts: [],
    history: [],
    payload: JSON.stringify(payload),
  };
  return { ...task, dueMs: neededDueMs(task, nowMs, rules)! };
}

function receiptOf(task: LedgerTask, result: SubmitResult): Receipt {
  if (result.kind === 'failed') return { kind: 'failed' };
  if (result.kind === 'created') return { kind: 'accepted', task: result.task };
  return result.task.requestHash === task.requestHash ? { kind: 'replayed', task: result.task } : { kind: 'conflict' };
}

/** One receipt per submission, in order; equal ids act in order. A bell that could not be rung costs no receipt. */
export async function submitAll(ports: Ports, rules: Rules, submissions: readonly Submission[]): Promise<Receipt[]> {
  const nowMs = ports.clock.nowMs();
  const tasks = submissions.map((submission) =>
    newTask(submission, { tenant: submission.tenant, nowMs, ports, rules }),
  );
  const results = await ports.ledger.submit(tasks);
  const created = results.flatMap((result) =>
    result.kind === 'created' ? [{ move: 'submit' as const, task: result.task }] : [],
  );
  await follow(ports, rules, created);
  return results.map((result, i) => receiptOf(tasks[i]!, result));
}

/** The task that the same request was accepted as, whatever its type or its time would say of a new one. [S16] */
export async function acceptedBefore({ ledger }: Ports, request: Request): Promise<LedgerTask | undefined> {
  const taskId = idOf(request);
  if (taskId === undefined) return undefined;
  const [item] = await ledger.get([{ tenant: request.tenant, taskId }]);
  return item && !isUnreadable(item) && item.requestHash === hashOf(request) ? item : undefined;
}
