/** What is the same for every request: its id, who may ask, what becomes of whatever is thrown, and its line in the log. */
import type { ProblemCode } from '@holdfast/api/types';
import type { Context } from 'hono';
import type { Clock, Log, Random } from '../core/ports.ts';
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

  constructor({ ports: { random, log, clock }, guests, stopping }: DoorOptions) {
    this.#nextId = () => random.token();
    this.#guests = guests;
    this.#stopping = stopping;
    this.#log = log;
    this.#clock = clock;
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
    // Whoever would keep the connection would ask into a closing door.
    if (this.#stopping.aborted) response.headers.set('Connection', 'close');
    return origin !== undefined && this.#guests.origins.has(origin) ? shownTo(origin, response) : response;
  }

  async #answerTo(call: Call, operation: string, respond: Respond): Promise<Answered> {
    try {
      refuseStrangers(call, this.#guests);
      return { response: await respond(call) };
    } catch (error) {
      const { requestId, traceId, tenant } = call;
      const response = errorAnswer(this.#log, { error, requestId, traceId, tenant, operation });
      return { response, code: refusalOf(error).code };
    }
  }
}
