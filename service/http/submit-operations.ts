/** submitTask and submitTasks. The answer leaves after the ledger has confirmed the task. [S1] */
import type { BatchResult } from '@holdfast/api/types';
import { bodies } from '@holdfast/api/validators';
import type { Operations } from '@holdfast/api/operation';
import { asValue, Refusal } from '../core/refusal.ts';
import type { Receipt, Submission } from '../core/submit.ts';
import { submitAll } from '../core/submit.ts';
import { checked } from './field-errors.ts';
import type { Asked, House } from './house.ts';
import { ledgerUnavailable, problemOf } from './problems.ts';
import { submissionOf } from './submissions.ts';
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
      const submission = submissionOf(body, house, asked);
      const idempotencyKey = headers['idempotency-key'];
      const keyed = idempotencyKey === undefined ? submission : { ...submission, idempotencyKey };
      const [receipt] = await submitAll(ports, rules, [keyed]);
      const { kind, task } = confirmed(receipt);
      return {
        status: kind === 'accepted' ? 202 : 200,
        body: taskView(task, rules),
        headers: { Location: locationOf(task), ETag: etagOf(task) },
      };
    },

    submitTasks: async ({ body }, asked) => {
      const judged = body.tasks.map((item) => judge(item, house, asked));
      const submissions = judged.flatMap((each) => (each instanceof Refusal ? [] : [each]));
      const receipts = submissions.length === 0 ? [] : await submitAll(ports, rules, submissions);
      let next = 0;
      const results = judged.map((each, index) => {
        const outcome = each instanceof Refusal ? each : outcomeOf(receipts[next++]);
        return outcome instanceof Refusal ? refusedItem(index, outcome, asked) : takenItem(index, outcome, house);
      });
      return { status: 200, body: { results } };
    },
  };
}

/** An item may have been refused before it was a value (batch-json.ts). */
const judge = (item: unknown, house: House, asked: Asked): Submission | Refusal =>
  item instanceof Refusal ? item : asValue(() => submissionOf(checked(bodies.TaskSubmit, item), house, asked));

const outcomeOf = (receipt: Receipt | undefined): Confirmed | Refusal => asValue(() => confirmed(receipt));

function refusedItem(index: number, refusal: Refusal, { call }: Asked): BatchItem {
  const problem = problemOf(refusal, call.requestId);
  return { index, status: problem.status, task: null, problem, location: null };
}

function takenItem(index: number, { kind, task }: Confirmed, { desk }: House): BatchItem {
  const status = kind === 'accepted' ? 202 : 200;
  return { index, status, task: taskView(task, desk.rules), problem: null, location: locationOf(task) };
}
