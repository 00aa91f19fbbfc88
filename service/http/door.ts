/** What is the same for every request: its id, who may ask, what becomes of whatever is thrown, and its line in the log. */
import type { ProblemCode } from '@holdfast/api/types';
import type { Context } from 'hono';
import type { Clock, Log, Random } from '../core/ports.ts';
import { LedgerUnavailable } from '../core/ports.ts';
import { errorAnswer } from './answers.ts';
import type { Bindings } from './call.ts';
import { Call } from './call.ts';
import { shownTo } from './cors.ts';
import type { Guests } from './gate.ts';
import { refuseStrangers } from './gate.ts';
import { refusalOf } from './problems.ts';

export type Env = { Bindings: Bindings };

export interface DoorOptions {
  readonly ports: { readonly random: Random; readonly log: Log; readonly clock: Clock };
  readonly guests: Guests;
  /** Aborted when the server stops. */
  readonly stopping: AbortSignal;
  /** Where somebody else would end the request soon after, and with no name for it; undefined: as long as it takes. */
  readonly answersWithinMs?: number | undefined;
}

type Respond = (call: Call) => Response | Promise<Response>;

interface Answered {
  readonly response: Response;
  readonly code?: ProblemCode;
}

export class Door {
  readonly #nextId: () => string;
  readonly #guests: Guests;
  readonly #stopping: AbortSignal;
  readonly #log: Log;
  readonly #clock: Clock;
  readonly #withinMs: number | undefined;

  constructor({ ports: { random, log, clock }, guests, stopping, answersWithinMs }: DoorOptions) {
    this.#nextId = () => random.token();
    this.#guests = guests;
    this.#stopping = stopping;
    this.#log = log;
    this.#clock = clock;
    this.#withinMs = answersWithinMs;
  }

  async answer(context: Context<Env>, operation: string, respond: Respond): Promise<Response> {
    const sinceMs = this.#clock.monotonicMs();
    const call = new Call(context.req.raw, context.env?.incoming, this.#nextId);
    const { response, code } = await this.#answerTo(call, operation, respond);
    const { requestId, traceId, tenant, taskId, reason, origin } = call;
    const durationMs = Math.round((this.#clock.monotonicMs() - sinceMs) * 100) / 100;
    const { status } = response;
    const words = { requestId, traceId, tenant, taskId, operation, code, reason };
    this.#log.debug('request', { ...words, status, durationMs });
    // As they stand when it leaves, whatever the answer is.
    const limits = call.admitted?.headers();
    for (const name in limits) response.headers.set(name, limits[name]!);
    // Whoever would keep the connection would ask into a closing door.
    if (this.#stopping.aborted) response.headers.set('Connection', 'close');
    return origin !== undefined && this.#guests.origins.has(origin) ? shownTo(origin, response) : response;
  }

  async #answerTo(call: Call, operation: string, respond: Respond): Promise<Answered> {
    try {
      refuseStrangers(call, this.#guests);
      return { response: await this.#inTime(respond(call)) };
    } catch (error) {
      const { requestId, traceId } = call;
      const response = errorAnswer(this.#log, { error, requestId, traceId, operation });
      return { response, code: refusalOf(error).code };
    }
  }

  /** What comes too late goes on, as after a client that went away. */
  async #inTime(response: Response | Promise<Response>): Promise<Response> {
    if (this.#withinMs === undefined) return response;
    const { promise: late, reject } = Promise.withResolvers<never>();
    const inTime = this.#clock.timer(this.#withinMs, () => reject(new LedgerUnavailable('No answer in time.')));
    try {
      return await Promise.race([response, late]);
    } finally {
      inTime();
    }
  }
}
