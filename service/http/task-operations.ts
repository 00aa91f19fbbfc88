/** getTask, listTasks, cancelTask and redriveTask. */
import type { OperationOutput, Operations } from '@holdfast/api/operation';
import type { Operator } from '../core/operate.ts';
import { cancelTask, readTask, redriveTask } from '../core/operate.ts';
import { SECOND } from '../core/rules.ts';
import type { LedgerTask, TaskKey } from '../core/task.ts';
import { settledTask } from '../core/watch.ts';
import { Cursors } from './cursor.ts';
import type { Asked, House } from './house.ts';
import { etagOf, taskDetailView, taskView } from './view.ts';

type TaskOperations = Pick<Operations<Asked>, 'getTask' | 'listTasks' | 'cancelTask' | 'redriveTask'>;
type Page = OperationOutput<'listTasks'>;

interface ListRequest {
  readonly status?: 'dead';
  readonly limit: number;
  readonly cursor?: string;
}

interface MoveRequest {
  readonly body: { readonly reason?: string };
  readonly headers: { readonly 'if-match'?: string };
}

export function taskOperations(house: House): TaskOperations {
  const { desk } = house;
  const cursors = new Cursors(desk.ports);
  const detailed = (task: LedgerTask) => ({
    body: taskDetailView(task, desk.rules),
    headers: { ETag: etagOf(task) },
  });
  return {
    getTask: async ({ path, query }, asked) => {
      const waitMs = Math.min(query.wait * SECOND, house.maxWaitMs);
      const key = keyOf(path, asked);
      const task = waitMs === 0 ? await readTask(desk.ports, key) : await waitedFor(key, waitMs, { house, asked });
      return { status: 200, ...detailed(task) };
    },
    listTasks: ({ query }, asked) => listPage(query, { house, cursors, asked }),
    cancelTask: async (request, asked) => {
      const task = await cancelTask(desk, keyOf(request.path, asked), operatorOf(request, asked));
      return { status: task.status === 'cancelled' ? 200 : 202, ...detailed(task) };
    },
    redriveTask: async (request, asked) => {
      const task = await redriveTask(desk, keyOf(request.path, asked), operatorOf(request, asked));
      return { status: 202, ...detailed(task) };
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

interface Listing {
  readonly house: House;
  readonly cursors: Cursors;
  readonly asked: Asked;
}

/** Both lists are indexed: nothing is searched. */
async function listPage({ status, limit, cursor }: ListRequest, { house, cursors, asked }: Listing): Promise<Page> {
  const { ports, rules } = house.desk;
  const { tenant } = asked.principal;
  const filter = status === undefined ? {} : { status };
  const list = { operation: 'listTasks', tenant, filter };
  const after = cursor === undefined ? undefined : await cursors.open(cursor, list);
  const page = await ports.ledger.list({
    tenant,
    list: status ?? 'all',
    limit,
    ...(after !== undefined && { after }),
  });
  const nextCursor = page.next === undefined ? null : await cursors.seal(page.next, list);
  const items = page.tasks.map((task) => taskView(task, rules));
  const body = { items, nextCursor, searchedTo: null, indexed: true };
  if (nextCursor === null) return { status: 200, body };
  const query = new URLSearchParams({ ...filter, limit: String(limit), cursor: nextCursor });
  return { status: 200, body, headers: { Link: `</tasks?${query.toString()}>; rel="next"` } };
}
