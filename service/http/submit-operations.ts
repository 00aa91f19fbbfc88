/** submitTask and submitTasks. The answer leaves after the ledger has confirmed the task. [S1] */
import type { BatchResult } from '@holdfast/api/types';
import { bodies } from '@holdfast/api/validators';
import type { Operations } from '@holdfast/api/operation';
import { asValue, Refusal } from '../core/refusal.ts';
import type { Receipt, Request, Submission } from '../core/submit.ts';
import { acceptedBefore, submitAll } from '../core/submit.ts';
import { checked } from './field-errors.ts';
import type { Asked, House } from './house.ts';
import { ledgerUnavailable, problemOf } from './problems.ts';
import { requestOf, submissionOf } from './submissions.ts';
import { etagOf, locationOf, taskView } from './view.ts';

type Confirmed = Extract<Receipt, { readonly task: unknown }>;
type BatchItem = BatchResult['results'][number];

/** What was asked without success is refused. */
function confirmed(receipt: Receipt | undefined): Confirmed {
  if (receipt?.kind === 'conflict') {
    throw new Refusal('conflict', 'A task with this id was submitted with other content.');
  }
  if (receipt === undefined || receipt.kind === 'failed') throw ledgerUnavailable();
  return receipt;
}

export function submitOperations(house: House): Pick<Operations<Asked>, 'submitTask' | 'submitTasks'> {
  const { ports, rules } = house.desk;
  return {
    submitTask: async ({ body, headers }, asked) => {
      const request = keyed(requestOf(body, house, asked), headers['idempotency-key']);
      const judged = await judge(request, house, asked);
      const { kind, task } = isNew(judged) ? confirmed((await submitAll(ports, rules, [judged]))[0]) : judged;
      return {
        status: kind === 'accepted' ? 202 : 200,
        body: taskView(task, rules),
        headers: { Location: locationOf(task), ETag: etagOf(task) },
      };
    },

    submitTasks: async ({ body }, asked) => {
      // Before any of it is judged: a batch is let in as a whole or not at all.
      asked.admitted?.charge(body.tasks.length);
      const judged = await Promise.all(body.tasks.map((item) => judgeItem(item, house, asked)));
      const submissions = judged.filter(isNew);
      const receipts = submissions.length === 0 ? [] : await submitAll(ports, rules, submissions);
      let next = 0;
      const results = judged.map((each, index) => {
        const outcome = isNew(each) ? asValue(() => confirmed(receipts[next++])) : each;
        return outcome instanceof Refusal ? refusedItem(index, outcome, asked) : takenItem(index, outcome, house);
      });
      return { status: 200, body: { results } };
    },
  };
}

/** Throws invalid-idempotency-key: of two names for one task, one would be ignored. */
function keyed(request: Request, idempotencyKey: string | undefined): Request {
  if (idempotencyKey === undefined) return request;
  if (request.taskId === undefined) return { ...request, idempotencyKey };
  throw new Refusal('invalid-idempotency-key', 'Send either a taskId or an Idempotency-Key.');
}

const isNew = (judged: Submission | Confirmed | Refusal): judged is Submission => 'payloadVersion' in judged;

/**
 * What is to be submitted, or what this very request was accepted as before: a client that never saw its 202 must not be
 * told no because its type or the time has changed since. Throws what stands against a new task.
 */
async function judge(request: Request, house: House, asked: Asked): Promise<Submission | Confirmed> {
  const submission = asValue(() => submissionOf(request, house, asked));
  if (!(submission instanceof Refusal)) return submission;
  const task = await acceptedBefore(house.desk.ports, request);
  if (task === undefined) throw submission;
  return { kind: 'replayed', task };
}

/** A refusal here is a value; an item may have been refused before it was one (batch-json.ts). */
async function judgeItem(item: unknown, house: House, asked: Asked): Promise<Submission | Confirmed | Refusal> {
  if (item instanceof Refusal) return item;
  const request = asValue(() => requestOf(checked(bodies.TaskSubmit, item), house, asked));
  if (request instanceof Refusal) return request;
  return judge(request, house, asked).catch((error: unknown) => {
    if (error instanceof Refusal) return error;
    throw error;
  });
}

function refusedItem(index: number, refusal: Refusal, { call }: Asked): BatchItem {
  const problem = problemOf(refusal, call.requestId);
  return { index, status: problem.status, task: null, problem, location: null };
}

function takenItem(index: number, { kind, task }: Confirmed, { desk }: House): BatchItem {
  const status = kind === 'accepted' ? 202 : 200;
  return { index, status, task: taskView(task, desk.rules), problem: null, location: locationOf(task) };
}
