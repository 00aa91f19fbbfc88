/** Does no work but can fail in every way a task can. What happens follows from the payload, the id and the fence alone. */
import { hash } from 'node:crypto';
import { setImmediate, setTimeout } from 'node:timers/promises';
import type { HandlerInput, HandlerPolicy } from '@holdfast/api/handler';
import { TaskFailure } from '@holdfast/api/handler';
import type { SimulatePayload, SimulateResult } from '@holdfast/api/types';

export const policy: HandlerPolicy = { payloadVersions: [1] };

const STANDARD_FAILURE_RATE = 0.3;
const LEAK_BYTES = 16 * 1024 * 1024;
const FILLER = 'x';

type Input = HandlerInput<SimulatePayload>;

export async function run(input: Input): Promise<SimulateResult> {
  const { payload, attempt, log } = input;
  const { misbehave, logLines = 0, resultBytes } = payload;
  for (let line = 1; line <= logLines; line += 1) log.info(`line ${line} of ${logLines}`);
  if (misbehave) await MISBEHAVIOURS[misbehave]();
  await spend(input);
  if (draw(input) < failureRateOf(input)) throw failureOf(payload);
  return { ok: true, attempt, ...(resultBytes !== undefined && { filler: FILLER.repeat(resultBytes) }) };
}

const MISBEHAVIOURS: Readonly<Record<NonNullable<SimulatePayload['misbehave']>, () => Promise<void>>> = {
  crash: () => process.abort(),
  hang: () => new Promise(() => undefined),
  leak: async () => {
    const hoard: Buffer[] = [];
    // Filled, so that the memory is really taken.
    for (;;) {
      hoard.push(Buffer.alloc(LEAK_BYTES, FILLER));
      await setImmediate();
    }
  },
  block: () => {
    for (;;);
  },
};

async function spend({ payload: { durationMs = 0, steps = 0 }, signal, progress }: Input): Promise<void> {
  const parts = Math.max(1, steps);
  for (let part = 1; part <= parts; part += 1) {
    if (durationMs > 0) await setTimeout(durationMs / parts, undefined, { signal });
    if (steps > 0) progress((100 * part) / steps, `step ${part} of ${steps}`);
  }
}

/** In [0, 1), the same whenever this attempt is repeated. */
function draw({ taskId, fence }: Input): number {
  return Number.parseInt(hash('sha256', `${taskId} ${fence}`).slice(0, 8), 16) / 2 ** 32;
}

function failureRateOf({ payload, taskId }: Input): number {
  return payload.failureRate ?? (taskId.endsWith('3') ? 1 : STANDARD_FAILURE_RATE);
}

function failureOf({ failureClass = 'SYSTEM', errorBytes, retryAfterSeconds }: SimulatePayload): TaskFailure {
  const message = errorBytes === undefined ? `Simulated failure of class ${failureClass}.` : FILLER.repeat(errorBytes);
  const retryAfterMs = retryAfterSeconds === undefined ? undefined : retryAfterSeconds * 1_000;
  return new TaskFailure(message, { class: failureClass, code: 'simulated', retryAfterMs });
}
