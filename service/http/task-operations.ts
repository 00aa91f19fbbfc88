/** What is asked of the tasks that exist: getTask, getAttempt, listTasks, cancelTask, redriveTask, discardTask. */
import type { Operations } from '@holdfast/api/operation';
import type { Desk, Editor, Operator } from '../core/operate.ts';
import { cancelTask, discardTask, readTask, redriveTask } from '../core/operate.ts';
import { Refusal } from '../core/refusal.ts';
import { SECOND } from '../core/rules.ts';
import type { LedgerTask, TaskKey } from '../core/task.ts';
import { settledTask } from '../core/watch.ts';
import { Cursors } from './cursor.ts';
import type { Asked, House } from './house.ts';
import { listTasks } from './list-tasks.ts';
import { checkedPayload } from './payload.ts';
import { attemptDetailView, attemptViews, etagOf, taskDetailView } from './view.ts';

type TaskOperations = Pick<
  Operations<Asked>,
  'getTask' | 'getAttempt' | 'listTasks' | 'cancelTask' | 'redriveTask' | 'discardTask'
>;

interface MoveRequest {
  readonly body: { readonly reason?: string };
  readonly headers: { readonly 'if-match'?: string };
}

export function taskOperations(house: House): TaskOperations {
  const { desk } = house;
  const cursors = new Cursors(desk.ports);
  const detailed = (task: LedgerTask, { principal }: Asked) => ({
    body: taskDetailView(task, desk.rules, principal),
    headers: { ETag: etagOf(task) },
  });
  return {
    getTask: async ({ path, query }, asked) => {
      const waitMs = Math.min(query.wait * SECOND, house.maxWaitMs);
      const key = keyOf(path, asked);
      const task = waitMs === 0 ? await readTask(desk.ports, key) : await waitedFor(key, waitMs, { house, asked });
      return { status: 200, ...detailed(task, asked) };
    },
    listTasks: ({ query }, asked) => listTasks(query, { house, cursors, asked }),
    getAttempt: async ({ path }, asked) => {
      const key = keyOf(path, asked);
      const { attempt, detail } = await attemptOf(desk, key, Number(path.fence));
      const body = attemptDetailView(attempt, { detail, principal: asked.principal });
      return { status: 200, body };
    },
    cancelTask: async (request, asked) => {
      const task = await cancelTask(desk, keyOf(request.path, asked), operatorOf(request, asked));
      return { status: task.status === 'cancelled' ? 200 : 202, ...detailed(task, asked) };
    },
    redriveTask: async (request, asked) => {
      const { payload } = request.body;
      const order = { ...operatorOf(request, asked), ...(payload && { editor: editorOf(payload, house, asked) }) };
      return { status: 202, ...detailed(await redriveTask(desk, keyOf(request.path, asked), order), asked) };
    },
    discardTask: async (request, asked) => {
      const task = await discardTask(desk, keyOf(request.path, asked), operatorOf(request, asked));
      return { status: 200, ...detailed(task, asked) };
    },
  };
}

const keyOf = ({ taskId }: { readonly taskId: string }, { principal }: Asked): TaskKey => ({
  tenant: principal.tenant,
  taskId,
});

function operatorOf({ body: { reason }, headers }: MoveRequest, { principal: { subject } }: Asked): Operator {
  const ifMatch = headers['if-match'];
  const ifVersion = ifMatch === undefined || ifMatch === '*' ? undefined : Number(ifMatch.slice(1, -1));
  return { subject, ...(reason !== undefined && { reason }), ...(ifVersion !== undefined && { ifVersion }) };
}

/** A payload must be what the type takes now, whatever it took when the task was submitted. */
const editorOf =
  (payload: unknown, house: House, { call }: Asked): Editor =>
  (type) => {
    const judged = checkedPayload({ type, payload }, house, call);
    return { ...judged, payload: JSON.stringify(judged.payload) };
  };

/** Throws not-found, also for an attempt that the task does not list any more. */
async function attemptOf({ ports }: Desk, key: TaskKey, fence: number) {
  const task = await readTask(ports, key);
  const attempt = attemptViews(task).find((each) => each.fence === fence);
  if (attempt === undefined) throw new Refusal('not-found', 'The task has no attempt with this number any more.');
  return { attempt, detail: await ports.ledger.attemptDetail(key, fence) };
}

/** Ends when the task is settled, the time is up, the client goes away or the server stops. */
async function waitedFor(key: TaskKey, waitMs: number, { house, asked }: { house: House; asked: Asked }) {
  const { desk, changes, stopping } = house;
  const gone = asked.call.request.signal;
  const ending = new AbortController();
  const end = () => ending.abort();
  if (stopping.aborted || gone.aborted) end();
  stopping.addEventListener('abort', end);
  gone.addEventListener('abort', end);
  try {
    return await settledTask(desk.ports, key, { changes, waitMs, signal: ending.signal });
  } finally {
    stopping.removeEventListener('abort', end);
    gone.removeEventListener('abort', end);
  }
}
