/** The tasks of a run: their ids, how they are submitted, and how their end is waited for. */
import type { SimulatePayload, Task, TaskDetail, TaskSubmit } from '@holdfast/api/types';
import exec from 'k6/execution';
import { Counter, Trend } from 'k6/metrics';
import type { Answer } from './client.ts';
import { ask } from './client.ts';
import { isFinal } from './ledger.ts';
import { RUN, TAG } from './settings.ts';

export const acceptMs = new Trend('accept_ms', true);
/** From the submit to the answer that says that the task is final, by the clock of the client. */
export const endToEndMs = new Trend('end_to_end_ms', true);
export const accepted = new Counter('tasks_accepted');
/** Requests that were not answered as the contract promises. */
export const errors = new Counter('errors');

const WAIT_S = 20;
const MOST_WAITS = 4;

/** Unique in the run, and the same when this iteration is asked again. */
export const taskIdOf = (part: string | number = 0): string => `${RUN}-${exec.scenario.iterationInTest}-${part}`;

export const taskOf = (taskId: string, payload: SimulatePayload): TaskSubmit => ({
  ...{ taskId, type: 'simulate', tags: [TAG] },
  payload: { failureRate: 0, ...payload },
});

export type Receipt = Answer<Task>;

/** One try. What was not accepted is counted as an error. */
export function submit(task: TaskSubmit): Receipt {
  const answer = ask('post', '/tasks', { body: task });
  if (answer.ok) {
    acceptMs.add(answer.tookMs);
    accepted.add(1);
  } else {
    noteError(answer);
  }
  return answer;
}

/** The task at its end; undefined when it did not come to one, or could not be asked for. */
export function finished(receipt: Receipt & { ok: true }): TaskDetail | undefined {
  const beganMs = Date.now() - receipt.tookMs;
  const { taskId } = receipt.body;
  for (let waits = 0; waits < MOST_WAITS; waits += 1) {
    const found = ask('get', '/tasks/{taskId}', {
      path: { taskId },
      query: { wait: WAIT_S },
      timeoutSeconds: 2 * WAIT_S,
    });
    if (!found.ok) noteError(found);
    else if (isFinal(found.body)) {
      endToEndMs.add(Date.now() - beganMs);
      return found.body;
    }
  }
  return undefined;
}

export const noteError = ({ status, ...answer }: Answer<unknown>): void =>
  errors.add(1, { why: 'problem' in answer && answer.problem ? answer.problem.code : String(status) });
