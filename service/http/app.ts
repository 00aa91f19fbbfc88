/**
 * The app: every operation of the contract on its route, and the pages beside them. One handler per route and no
 * middleware, so that a request costs one function: gate, scope, body, parameters, JSON, schema, operation, answer.
 */
import type { Operations } from '@holdfast/api/operation';
import { operations } from '@holdfast/api/operations';
import type { ProblemCode, Task } from '@holdfast/api/types';
import type { Validator } from '@holdfast/api/validator';
import { bodies } from '@holdfast/api/validators';
import type { Context } from 'hono';
import { Hono } from 'hono';
import type { Clock, Log, LogFields } from '../core/ports.ts';
import { Refusal } from '../core/refusal.ts';
import type { Answer } from './answers.ts';
import { errorAnswer, jsonAnswer, problemAnswer } from './answers.ts';
import { bodyBytesOf, jsonOf } from './body.ts';
import type { Bindings } from './call.ts';
import { Call, pathOf, requestIds } from './call.ts';
import { checked } from './field-errors.ts';
import { refuseStrangers, refuseUnscoped, refuseWhenStopping } from './gate.ts';
import { healthOperations } from './health-operations.ts';
import type { Asked, House } from './house.ts';
import { allowedMethods } from './methods.ts';
import type { Page } from './page.ts';
import { parametersOf } from './parameters.ts';
import { refusalOf } from './problems.ts';
import { LOCAL } from './principal.ts';
import { submitOperations } from './submit-operations.ts';
import { taskOperations } from './task-operations.ts';
import { typeOperations } from './type-operations.ts';

export interface AppOptions {
  readonly house: House;
  /** Whether the server answers to this Host. */
  readonly allowsHost: (host: string) => boolean;
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
  readonly #allowsHost: (host: string) => boolean;
  readonly #log: Log;
  readonly #clock: Clock;

  constructor({ house, allowsHost }: AppOptions) {
    const { random, log, clock } = house.desk.ports;
    this.#nextId = requestIds(random.token());
    this.#allowsHost = allowsHost;
    this.#log = log;
    this.#clock = clock;
  }

  async answer(context: Context<Env>, operation: string, respond: (call: Call) => Response | Promise<Response>) {
    const sinceMs = this.#clock.monotonicMs();
    const call = new Call(context.req.raw, context.env?.incoming, this.#nextId);
    let response: Response;
    let code: ProblemCode | undefined;
    try {
      refuseStrangers(call, this.#allowsHost);
      response = await respond(call);
    } catch (error) {
      const { requestId, traceId } = call;
      response = errorAnswer(this.#log, { error, requestId, traceId, operation });
      code = refusalOf(error).code;
    }
    this.#note(call, { operation, status: response.status, code, durationMs: this.#clock.monotonicMs() - sinceMs });
    return response;
  }

  #note({ requestId, traceId, taskId }: Call, outcome: LogFields): void {
    this.#log.debug('request', { requestId, traceId, taskId, ...outcome });
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
  const body = entry.body === null ? undefined : checkedBody(entry.body.schema, bytes);
  call.taskId = parameters.path['taskId'];
  const answer = await handler({ ...parameters, body }, { principal, call });
  call.taskId ??= taskIdIn(answer);
  return jsonAnswer(call, answer);
}

const taskIdIn = ({ body }: Answer): string | undefined => (body as Partial<Task>).taskId;

/** A body that is not required and missing is `{}`. */
function checkedBody(schema: keyof typeof bodies, bytes: Uint8Array | undefined): unknown {
  const value = bytes === undefined ? {} : jsonOf(bytes);
  return checked(bodies[schema] as Validator<unknown>, value);
}

const PAGE_METHODS = 'GET, HEAD';

function nothingHere(call: Call, path: string, pages: AppOptions['pages']): Response {
  const allowed = pages.has(path) ? PAGE_METHODS : allowedMethods(path);
  if (allowed === undefined) throw new Refusal('not-found', 'There is nothing at this path.');
  const refusal = new Refusal('method-not-allowed', 'This path takes the methods listed in Allow.');
  return problemAnswer(call.requestId, refusal, { Allow: allowed });
}
