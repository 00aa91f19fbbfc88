/**
 * Task types whose outcomes a client can know beforehand: the payload says which attempts fail, how, and how long one lasts.
 * Every start of a handler is written to a file, so that starts can be held against the attempts that the service tells of.
 */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { GivenTypes } from '../given-types.ts';

/** The payload of both types. */
export interface Script {
  /** Comes back in the result, or is the message of a failure. */
  readonly word: string;
  /** Attempts since submit or the last redrive that fail. */
  readonly failures: number;
  /** VALIDATION is never retried. */
  readonly class: 'SYSTEM' | 'VALIDATION';
  /** No attempt sooner. */
  readonly retryAfterMs: number;
  readonly lastsMs: number;
}

/** Longer than any run: such an attempt ends by a cancel alone. */
export const UNTIL_CANCELLED_MS = 3_000_000;

export const MOST_ATTEMPTS = { errand: 3, chore: 2 } as const;
export type TypeOfErrand = keyof typeof MOST_ATTEMPTS;
export const TYPES = Object.keys(MOST_ATTEMPTS) as TypeOfErrand[];

const schemaOf = (type: string): string => `
title: ${type}
version: 1
payload:
  type: object
  additionalProperties: false
  required: [word, failures, class, retryAfterMs, lastsMs]
  properties:
    word: { type: string, maxLength: 100 }
    failures: { type: integer, minimum: 0 }
    class: { type: string, enum: [SYSTEM, VALIDATION] }
    retryAfterMs: { type: integer, minimum: 0 }
    lastsMs: { type: integer, minimum: 0 }
`;

const handlerOf = (maxAttempts: number, startsFile: string): string => `
import { appendFileSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';
import { TaskFailure } from '../.holdfast/handler.ts';

export const policy = {
  maxAttempts: ${maxAttempts},
  timeoutSeconds: 3600,
  backoff: { floorSeconds: 0.01, baseSeconds: 0.03, capSeconds: 0.1 },
};

// Of a cancel a process hears at once, or with its next heartbeat: who tells of progress has those soon.
const waited = async (ms, { signal, progress }) => {
  const telling = setInterval(() => progress(50), 100);
  await setTimeout(ms, undefined, { signal }).finally(() => clearInterval(telling));
};

export const run = async (input) => {
  const { payload, tenant, taskId, attempt, fence, idempotencyKey, log } = input;
  appendFileSync(${JSON.stringify(startsFile)}, tenant + '/' + taskId + ' ' + fence + '\\n');
  log.info(idempotencyKey);
  if (payload.lastsMs > 0) await waited(payload.lastsMs, input);
  if (attempt > payload.failures) return { word: payload.word, attempt };
  const retryAfterMs = payload.retryAfterMs > 0 ? payload.retryAfterMs : undefined;
  throw new TaskFailure(payload.word, { class: payload.class, code: 'asked', retryAfterMs });
};
`;

export interface Errands {
  readonly tasksDir: string;
  /** The fences of the handlers of a task that were really started, in the order of their starts. */
  starts(tenant: string, taskId: string): number[];
  remove(): void;
}

export async function givenErrands(): Promise<Errands> {
  const types = new GivenTypes();
  const file = path.join(types.tasksDir, 'starts.log');
  for (const type of TYPES) {
    const handler = handlerOf(MOST_ATTEMPTS[type], file);
    types.write(type, { 'schema.yaml': schemaOf(type), 'handler.ts': handler });
  }
  await types.generateHere();
  const starts = (tenant: string, taskId: string): number[] => {
    const lines = readFileSync(file, { encoding: 'utf8', flag: 'a+' }).split('\n');
    const prefix = `${tenant}/${taskId} `;
    return lines.filter((line) => line.startsWith(prefix)).map((line) => Number(line.slice(prefix.length)));
  };
  return { tasksDir: types.tasksDir, starts, remove: () => types.remove() };
}
