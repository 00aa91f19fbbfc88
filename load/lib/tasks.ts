/** The tasks of a run: their ids, how they are submitted, and how their end is waited for. */
import type { SimulatePayload, Task, TaskDetail, TaskSubmit } from '@holdfast/api/types';
import { sleep } from 'k6';
import exec from 'k6/execution';
import { Counter, Trend } from 'k6/metrics';
import type { Answer } from './client.ts';
import { ask, askEach } from './client.ts';
import { isFinal, noteReceipts } from './ledger.ts';
import { RUN, TAG } from './settings.ts';

/** Of a request, however many tasks it submits. */
export const acceptMs = new Trend('accept_ms', true);
/** From the submit to the answer that says that the task is final, by the clock of the client. */
export const endToEndMs = new Trend('end_to_end_ms', true);
export const accepted = new Counter('tasks_accepted');
/** Requests, and tasks of a batch, that were not answered as the contract promises. */
export const errors = new Counter('errors');

const WAIT_S = 20;
const FINAL_WITHIN_MS = 80_000;
const AGAIN_AFTER_S = 1;

/** Unique in the run, if each iteration of a scenario names its parts apart, without a hyphen, and no two scenarios of a file submit. */
export const taskIdOf = (part: string | number = 0): string => `${RUN}-${exec.scenario.iterationInTest}-${part}`;

/** Succeeds at once, unless the payload or `more` says otherwise. */
export const taskOf = (taskId: string, payload: SimulatePayload = {}, more: Partial<TaskSubmit> = {}): Submit => ({
  ...{ taskId, type: 'simulate', tags: [TAG] },
  payload: { failureRate: 0, ...payload },
  ...more,
});

/** Of a run: the id is always the client's. */
export type Submit = TaskSubmit & { readonly taskId: string };
export type Receipt = Answer<Task>;
export type Accepted = Receipt & { readonly ok: true };

/** One try. What was not accepted is counted as an error. */
export function submit(task: Submit): Receipt {
  const answer = ask('post', '/tasks', { body: task });
  if (answer.ok) noteAccepted([task.taskId], answer.tookMs);
  else noteError(answer);
  return answer;
}

/** As one batch, one try. Answers those that were accepted; each that was not is counted as an error. */
export function submitAll(tasks: Submit[]): Accepted[] {
  const { tookMs, ...answer } = ask('post', '/tasks/batch', { body: { tasks } });
  if (!answer.ok) {
    noteError(answer);
    return [];
  }
  const receipts = answer.body.results.flatMap(({ status, task, problem }) => {
    if (task !== null) return [{ status, tookMs, retryAfterSeconds: 0, ok: true as const, body: task }];
    noteError({ status, problem: problem ?? undefined });
    return [];
  });
  noteAccepted(
    tasks.map(({ taskId }) => taskId).filter((_, index) => answer.body.results[index]?.task),
    tookMs,
  );
  return receipts;
}

/** For whoever submits in a way of its own: each id that was asked for once, when its 202 (or the 200 of a repeated submit) has come. */
export function noteAccepted(taskIds: readonly string[], tookMs: number): void {
  acceptMs.add(tookMs);
  accepted.add(taskIds.length);
  noteReceipts(taskIds);
}

/** The task at its end; undefined when it did not come to one, or could not be asked for. */
export const finished = (receipt: Accepted): TaskDetail | undefined => finishedAll([receipt])[0];

/** Those of the tasks that came to their end. They were submitted together, and nothing else was done in between. */
export function finishedAll(receipts: readonly Accepted[]): TaskDetail[] {
  const submittedAtMs = Date.now() - (receipts[0]?.tookMs ?? 0);
  const ended: TaskDetail[] = [];
  let open = receipts.map(({ body }) => body.taskId);
  while (open.length > 0 && Date.now() - submittedAtMs < FINAL_WITHIN_MS) {
    const askedAtMs = Date.now();
    const askings = open.map((taskId) => ({ path: { taskId }, query: { wait: WAIT_S }, timeoutSeconds: 2 * WAIT_S }));
    const answers = askEach('get', '/tasks/{taskId}', askings);
    open = open.filter((_, index) => {
      const answer = answers[index]!;
      if (!answer.ok) noteError(answer);
      // A task that is not there stays so: asking on would hold the iteration until k6 breaks it off, unjudged.
      if (!answer.ok) return answer.problem?.retryable ?? true;
      if (!isFinal(answer.body)) return true;
      endToEndMs.add(askedAtMs + answer.tookMs - submittedAtMs);
      ended.push(answer.body);
      return false;
    });
    if (answers.some(({ ok }) => !ok)) sleep(AGAIN_AFTER_S);
  }
  return ended;
}

/** `why` is the code of the problem, or the status that came without one. */
export const noteError = (answer: Pick<Answer<unknown>, 'status'> & { problem?: { code: string } | undefined }): void =>
  errors.add(1, { why: answer.problem?.code ?? String(answer.status) });
