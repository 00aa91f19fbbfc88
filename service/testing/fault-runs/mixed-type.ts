/**
 * The task type of a fault run on one machine. The first thing an attempt does is to write its id and fence into a file, so that
 * real starts can be counted, and its process; then it does what its payload says.
 */
import type { GivenTypes } from '../given-types.ts';

export const MIXED = 'mixed';
export const TIMEOUT_MS = 4_000;
/** Of one attempt, with the grace of TIMING=short. */
export const LEASE_MS = TIMEOUT_MS + 1_000;

export type Deed =
  | 'succeed'
  | 'fail-once'
  | 'fail-for-good'
  | 'wait-for-cancel'
  | 'abort'
  | 'leak'
  | 'loop'
  | 'leak-once'
  | 'block-once'
  | 'large-result'
  | 'large-error';

export interface MixedPayload {
  readonly notes: string;
  readonly does: Deed;
  readonly durationMs: number;
}

const SCHEMA = `
title: One task of a fault run
version: 1
payload:
  type: object
  required: [notes, does, durationMs]
  properties: { notes: { type: string }, does: { type: string }, durationMs: { type: integer } }
`;

const HANDLER = `
import { randomUUID } from 'node:crypto';
import { appendFileSync } from 'node:fs';
import { setImmediate, setTimeout } from 'node:timers/promises';

// Nothing but three crashes and what the kind of a task says shall end it, also on a slow machine.
export const policy = {
  maxAttempts: 50,
  timeoutSeconds: ${TIMEOUT_MS / 1_000},
  backoff: { floorSeconds: 0.1, baseSeconds: 0.2, capSeconds: 2 },
};

// Ids of processes come again.
const PROCESS = randomUUID();
const failure = (fields) => Object.assign(new Error('on purpose'), fields);
const leak = async () => {
  for (const hoard = []; ; await setImmediate()) hoard.push(Buffer.alloc(16 * 1024 * 1024, 'x'));
};
const block = (ms) => {
  for (const end = performance.now() + ms; performance.now() < end;);
};

const DEEDS = {
  succeed: () => ({ ok: true }),
  'fail-once': ({ attempt }) => {
    if (attempt === 1) throw failure({ code: 'ECONNRESET' });
  },
  'fail-for-good': () => {
    throw failure({ name: 'ValidationError' });
  },
  'wait-for-cancel': ({ signal }) => setTimeout(3_600_000, undefined, { signal }),
  abort: () => process.abort(),
  leak,
  loop: () => block(Infinity),
  'leak-once': ({ fence }) => fence === 1 ? leak() : undefined,
  'block-once': ({ fence }) => fence === 1 ? block(10_000) : undefined,
  'large-result': () => ({ filler: 'x'.repeat(500_000) }),
  'large-error': () => {
    throw failure({ name: 'ValidationError', message: 'x'.repeat(5_000_000) });
  },
};

export const run = async (input) => {
  const { payload, taskId, fence, signal } = input;
  appendFileSync(payload.notes, taskId + ' ' + fence + ' ' + PROCESS + '\\n');
  await setTimeout(payload.durationMs, undefined, { signal });
  return DEEDS[payload.does](input);
};
`;

/** Other files may stand for it, under another name. */
export function writeMixedType(types: GivenTypes, name = MIXED): void {
  types.write(name, { 'schema.yaml': SCHEMA, 'handler.mjs': HANDLER });
}
