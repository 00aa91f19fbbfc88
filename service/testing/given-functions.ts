/**
 * The functions of AWS that work with tasks, as they are, over the simulated store under virtual time: a message in, then
 * states, bells and answers. Handlers do what the test says.
 */
import type { Handler } from '@holdfast/api/handler';
import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';
import type { Bell, LogFields } from '../core/ports.ts';
import { sleep } from '../core/ports.ts';
import { SECOND } from '../core/rules.ts';
import type { Lane } from '../core/task.ts';
import type { AwsPorts } from '../lambda/parts.ts';
import type { BundledTypes } from '../lambda/types.ts';
import { FUNCTION_TIMEOUT_MS } from '../lambda/types.ts';
import type { Work, WorkParts } from '../lambda/work.ts';
import { createWork } from '../lambda/work.ts';
import { Given } from './given.ts';

const QUEUES = {
  fresh: 'https://sqs.test/1/fresh',
  recovery: 'https://sqs.test/1/recovery',
  isolated: 'https://sqs.test/1/isolated',
};

/** One message of the queue of a lane. */
export interface Message {
  readonly lane: Lane;
  readonly body: string;
}

export const messageOf = ({ lane, ...hints }: Bell): Message => ({ lane, body: JSON.stringify(hints) });

export function eventOf(messages: readonly Message[]): SQSEvent {
  const records = messages.map(({ lane, body }, i) => ({
    ...{ messageId: `m${i}`, body, eventSourceARN: `arn:aws:sqs:eu-central-1:1:${lane}` },
    ...{
      receiptHandle: '',
      attributes: {},
      messageAttributes: {},
      md5OfBody: '',
      eventSource: 'aws:sqs',
      awsRegion: '',
    },
  }));
  return { Records: records as unknown as SQSEvent['Records'] };
}

export class GivenFunctions extends Given {
  readonly lines: { readonly event: string; readonly fields: LogFields | undefined }[] = [];
  flushes = 0;
  exits = 0;
  /** Whether handlers leave something running. */
  leavesBehind = false;
  readonly #handlers: Readonly<Record<string, Handler>>;
  #work: Work | undefined;

  constructor(handlers: Readonly<Record<string, Handler>>, policy: ConstructorParameters<typeof Given>[1] = {}) {
    super([], policy);
    this.#handlers = handlers;
  }

  /** As the functions have them. */
  get held(): AwsPorts {
    const flush = (): Promise<void> => Promise.resolve(void (this.flushes += 1));
    const note = (event: string, fields?: LogFields) => void this.lines.push({ event, fields });
    const log = { debug: note, info: note, warn: note, error: note };
    const publisher = { ...this.ports.publisher, flush };
    return { ...this.ports, publisher, statistics: { ...this.ports.statistics, flush: () => Promise.resolve() }, log };
  }

  /** In virtual time. */
  pause(ms: number): Promise<void> {
    return sleep(this.ports.clock, ms);
  }

  get types(): WorkParts['types'] {
    const types: Pick<BundledTypes, 'handlerOf' | 'versionsOf'> = {
      handlerOf: (type) => this.#handlers[type],
      versionsOf: (type) => (this.#handlers[type] ? [1] : undefined),
    };
    return types as BundledTypes;
  }

  /** One invocation, played to its end. */
  deliver(messages: readonly Message[], leftMs = FUNCTION_TIMEOUT_MS): Promise<SQSBatchResponse> {
    const endsAtMs = this.nowMs + leftMs;
    const { held: ports, rules, types } = this;
    const exit = (): void => void (this.exits += 1);
    this.#work ??= createWork({
      ports,
      rules,
      types,
      queues: QUEUES,
      exit,
      watchLeftovers: () => () => this.leavesBehind,
    });
    return this.until(this.#work(eventOf(messages), { getRemainingTimeInMillis: () => endsAtMs - this.nowMs }));
  }

  /** The bells that were rung since, as the messages they become; each at its time. */
  async rung(): Promise<Message[]> {
    const bells = this.bells.splice(0);
    await this.pass(Math.max(0, ...bells.map(({ notBeforeMs }) => notBeforeMs - this.nowMs)) + SECOND);
    return bells.map(messageOf);
  }
}
