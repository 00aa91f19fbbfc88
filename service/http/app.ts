/**
 * The app: every operation of the contract on its route, and the pages beside them. One handler per route and no
 * middleware, so that a request costs one function: gate, scope, body, parameters, JSON, schema, operation, answer.
 */
import type { Operations } from '@holdfast/api/operation';
import { operations } from '@holdfast/api/operations';
import type { Validator } from '@holdfast/api/validator';
import { bodies } from '@holdfast/api/validators';
import type { Context } from 'hono';
import { Hono } from 'hono';
import type { Log } from '../core/ports.ts';
import { Refusal } from '../core/refusal.ts';
import type { Answer } from './answers.ts';
import { emptyAnswer, errorAnswer, jsonAnswer, problemAnswer } from './answers.ts';
import { batchJson } from './batch-json.ts';
import { bodyBytesOf } from './body.ts';
import type { Bindings } from './call.ts';
import { Call, pathOf, requestIds } from './call.ts';
import { preflightHeaders, shownTo } from './cors.ts';
import { checked } from './field-errors.ts';
import type { Guests } from './gate.ts';
import { refuseStrangers, refuseUnscoped, refuseWhenStopping } from './gate.ts';
import { healthOperations } from './health-operations.ts';
import type { Asked, House } from './house.ts';
import { allowedMethods } from './methods.ts';
import type { Page } from './page.ts';
import { parametersOf } from './parameters.ts';
import { LOCAL } from './principal.ts';
import { strictJson } from './strict-json.ts';
import { submitOperations } from './submit-operations.ts';
import { taskOperations } from './task-operations.ts';
import { typeOperations } from './type-operations.ts';

export interface AppOptions extends Guests {
  readonly house: House;
  /** What is shown beside the operations, by path. */
  readonly pages: ReadonlyMap<string, Page>;
}

type Env = { Bindings: Bindings };
type Entry = (typeof operations)[keyof typeof operations];
/** What all operations are once their input is validated; the mount below is the one place that has to believe it. */
type AnyOperation = (input: unknown, asked: Asked) => Answer | Promise<Answer>;

export type App = Hono<Env>;

export function createApp(options: AppOptions): App {
  const { house, pages } = options;
  const handlers: Operations<Asked> = {
    ...submitOperations(house),
    ...taskOperations(house),
    ...healthOperations(house),
    ...typeOperations(house),
  };
  const door = new Door(options);
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

/** What is the same for every request: its id, who may ask, and what becomes of whatever is thrown. */
class Door {
  readonly #nextId: () => string;
  readonly #guests: Guests;
  readonly #log: Log;
  readonly #stopping: AbortSignal;

  constructor({ house, allowsHost, origins }: AppOptions) {
    const { random, log } = house.desk.ports;
    this.#nextId = requestIds(random.token());
    this.#guests = { allowsHost, origins };
    this.#log = log;
    this.#stopping = house.stopping;
  }

  async answer(context: Context<Env>, operation: string, respond: (call: Call) => Response | Promise<Response>) {
    const call = new Call(context.req.raw, context.env?.incoming, this.#nextId);
    const response = await this.#answerTo(call, operation, respond);
    // Whoever would keep the connection would ask into a closing door.
    if (this.#stopping.aborted) response.headers.set('Connection', 'close');
    const { origin } = call;
    return origin !== undefined && this.#guests.origins.has(origin) ? shownTo(origin, response) : response;
  }

  async #answerTo(call: Call, operation: string, respond: (call: Call) => Response | Promise<Response>) {
    try {
      refuseStrangers(call, this.#guests);
      return await respond(call);
    } catch (error) {
      return errorAnswer(this.#log, { error, requestId: call.requestId, operation });
    }
  }
}

interface Mounted {
  readonly entry: Entry;
  readonly handler: AnyOperation;
  readonly context: Context<Env>;
  readonly house: House;
}

/** Of two faults at once the first in this order is answered: transport, headers, JSON, schema, state. */
async function operate(call: Call, { entry, handler, context, house }: Mounted): Promise<Response> {
  const principal = LOCAL;
  refuseUnscoped(entry, principal);
  refuseWhenStopping(entry, house.stopping);
  const bytes = entry.body === null ? undefined : await bodyBytesOf(call, entry.body);
  const parameters = parametersOf(entry, call, context.req.param());
  const body = entry.body === null ? undefined : checkedBody(entry.body, bytes);
  return jsonAnswer(call, await handler({ ...parameters, body }, { principal, call }));
}

/** A body that is not required and missing is `{}`. */
function checkedBody({ schema, judgedAlone }: NonNullable<Entry['body']>, bytes: Buffer | undefined): unknown {
  return checked(bodies[schema] as Validator<unknown>, bytes === undefined ? {} : jsonOf(bytes, judgedAlone));
}

const jsonOf = (bytes: Buffer, judgedAlone: string | null): unknown =>
  judgedAlone === null ? strictJson(bytes) : batchJson(bytes, judgedAlone);

const PAGE_METHODS = 'GET, HEAD, OPTIONS';

function nothingHere(call: Call, path: string, pages: AppOptions['pages']): Response {
  const allowed = pages.has(path) ? PAGE_METHODS : allowedMethods(path);
  if (allowed === undefined) throw new Refusal('not-found', 'There is nothing at this path.');
  if (call.request.method === 'OPTIONS') {
    const isPreflight = call.header('access-control-request-method') !== undefined;
    return emptyAnswer(call.requestId, { Allow: allowed, ...(isPreflight && preflightHeaders(allowed)) });
  }
  const refusal = new Refusal('method-not-allowed', 'This path takes the methods listed in Allow.');
  return problemAnswer(call.requestId, refusal, { Allow: allowed });
}
