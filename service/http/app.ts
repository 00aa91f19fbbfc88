/**
 * The app: every operation of the contract on its route, and the pages beside them. One handler per route and no
 * middleware, so that a request costs one function: gate, scope, body, parameters, JSON, schema, operation, answer.
 */
import type { Operations } from '@holdfast/api/operation';
import { operations } from '@holdfast/api/operations';
import type { Task } from '@holdfast/api/types';
import type { Validator } from '@holdfast/api/validator';
import { bodies } from '@holdfast/api/validators';
import type { Context } from 'hono';
import { Hono } from 'hono';
import { Refusal } from '../core/refusal.ts';
import type { Answer } from './answers.ts';
import { emptyAnswer, jsonAnswer, problemAnswer } from './answers.ts';
import { batchJson } from './batch-json.ts';
import { bodyBytesOf, costOf } from './body.ts';
import type { Call } from './call.ts';
import { pathOf } from './call.ts';
import { preflightHeaders } from './cors.ts';
import { isView, VIEWS } from './dashboard.ts';
import type { DoorOptions, Env } from './door.ts';
import { Door } from './door.ts';
import { faultOperations } from './fault-operations.ts';
import { checked } from './field-errors.ts';
import type { Guests } from './gate.ts';
import { refuseUnscoped, refuseWhenStopping } from './gate.ts';
import { healthOperations } from './health-operations.ts';
import type { Asked, House } from './house.ts';
import { identityOperations } from './identity/identity-operations.ts';
import { keyOperations } from './identity/key-operations.ts';
import { allowedMethods } from './methods.ts';
import type { Page } from './page.ts';
import { LIVE_PATH, liveOperations, noHandshake } from './live-operations.ts';
import { parametersOf } from './parameters.ts';
import { NOBODY } from './principal.ts';
import { statsOperations } from './stats-operations.ts';
import { strictJson } from './strict-json.ts';
import { submitOperations } from './submit-operations.ts';
import { taskOperations } from './task-operations.ts';
import { typeOperations } from './type-operations.ts';

export interface AppOptions extends Guests, Pick<DoorOptions, 'answersWithinMs'> {
  readonly house: House;
  /** What is shown beside the operations, by path. */
  readonly pages: ReadonlyMap<string, Page>;
}

type Entry = (typeof operations)[keyof typeof operations];
/** What all operations are once their input is validated; the mount below is the one place that has to believe it. */
type AnyOperation = (input: unknown, asked: Asked) => Answer | Promise<Answer>;

export type App = Hono<Env>;

export function createApp(options: AppOptions): App {
  const { house, pages: shown, answersWithinMs, ...guests } = options;
  const pages = new Map([...shown, [LIVE_PATH, noHandshake]]);
  const handlers: Operations<Asked> = {
    ...submitOperations(house),
    ...taskOperations(house),
    ...healthOperations(house),
    ...typeOperations(house),
    ...statsOperations(house),
    ...liveOperations(house),
    ...identityOperations,
    ...keyOperations(house),
    ...faultOperations(house),
  };
  const door = new Door({ ports: house.desk.ports, guests, stopping: house.stopping, answersWithinMs });
  const app = new Hono<Env>({ getPath: (request, bound) => pathOf(bound?.env?.incoming?.url ?? request.url) });
  for (const entry of Object.values(operations)) {
    const handler = handlers[entry.operationId] as AnyOperation;
    app.on(entry.method, entry.route, (context) =>
      door.answer(context, entry.operationId, (call) => operate(call, { entry, handler, context, house })),
    );
  }
  for (const [path, page] of pages) {
    app.get(path, (context) => door.answer(context, path, page));
  }
  app.notFound((context) => door.answer(context, 'none', (call) => nothingHere(call, context.req.path, pages)));
  return app;
}

interface Mounted {
  readonly entry: Entry;
  readonly handler: AnyOperation;
  readonly context: Context<Env>;
  readonly house: House;
}

/** Of two faults at once the first in this order is answered: transport, identity, rate, scope, headers, JSON, schema, state. */
async function operate(call: Call, mounted: Mounted): Promise<Response> {
  const { entry, house } = mounted;
  if (entry.scope === null) return answerFrom(mounted, { principal: NOBODY, call });
  const principal = await house.identity.of(call);
  call.tenant = principal.tenant;
  const admitted = house.limits.enter(principal);
  call.admitted = admitted;
  try {
    admitted.charge(costOf(call, entry));
    refuseUnscoped(entry, principal);
    refuseWhenStopping(entry, house.stopping);
    return await answerFrom(mounted, { principal, call, admitted });
  } catch (error) {
    throw await admitted.answerable(error);
  } finally {
    admitted.leave();
  }
}

async function answerFrom({ entry, handler, context }: Mounted, asked: Asked): Promise<Response> {
  const { call } = asked;
  const bytes = entry.body === null ? undefined : await bodyBytesOf(call, entry.body);
  const parameters = parametersOf(entry, call, context.req.param());
  const body = entry.body === null ? undefined : checkedBody(entry.body, bytes);
  call.taskId = parameters.path['taskId'];
  const answer = await handler({ ...parameters, body }, asked);
  call.taskId ??= taskIdIn(answer);
  return jsonAnswer(call, answer);
}

const taskIdIn = ({ body }: Answer): string | undefined => (body as Partial<Task>).taskId;

/** A body that is not required and missing is `{}`. */
function checkedBody({ schema, judgedAlone }: NonNullable<Entry['body']>, bytes: Buffer | undefined): unknown {
  return checked(bodies[schema] as Validator<unknown>, bytes === undefined ? {} : jsonOf(bytes, judgedAlone));
}

const jsonOf = (bytes: Buffer, judgedAlone: string | null): unknown =>
  judgedAlone === null ? strictJson(bytes) : batchJson(bytes, judgedAlone);

const PAGE_METHODS = 'GET, HEAD, OPTIONS';

function nothingHere(call: Call, path: string, pages: AppOptions['pages']): Response {
  const isShown = pages.has(path) || (pages.has(VIEWS) && isView(path));
  const allowed = isShown ? PAGE_METHODS : allowedMethods(path);
  if (allowed === undefined) throw new Refusal('not-found', 'There is nothing at this path.');
  if (call.request.method === 'OPTIONS') {
    const isPreflight = call.header('access-control-request-method') !== undefined;
    return emptyAnswer(call.requestId, { Allow: allowed, ...(isPreflight && preflightHeaders(allowed)) });
  }
  const refusal = new Refusal('method-not-allowed', 'This path takes the methods listed in Allow.');
  return problemAnswer(call.requestId, refusal, { Allow: allowed });
}
