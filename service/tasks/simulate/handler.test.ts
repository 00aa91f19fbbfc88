import type { HandlerInput } from '@holdfast/api/handler';
import type { SimulatePayload } from '@holdfast/api/types';
import { describe, expect, it, vi } from 'vitest';
import { run } from './handler.ts';

const inputOf = (payload: SimulatePayload, more: Partial<HandlerInput> = {}): HandlerInput<SimulatePayload> => ({
  payloadVersion: 1,
  tenant: 'local',
  taskId: 'one',
  attempt: 2,
  fence: 1,
  idempotencyKey: 'key',
  signal: new AbortController().signal,
  progress: () => undefined,
  log: { debug: vi.fn(), info: vi.fn(), warn: vi.fn(), error: vi.fn() },
  ...more,
  payload,
});

const outcomeOf = (payload: SimulatePayload, more: Partial<HandlerInput> = {}): Promise<string> =>
  run(inputOf(payload, more)).then(
    () => 'succeeded',
    () => 'failed',
  );

describe('simulate', () => {
  it('succeeds with the attempt and as much filler as asked for', async () => {
    expect(await run(inputOf({ failureRate: 0, resultBytes: 3 }))).toEqual({ ok: true, attempt: 2, filler: 'xxx' });
  });

  it('fails as asked', async () => {
    const payload: SimulatePayload = {
      failureRate: 1,
      failureClass: 'RATE_LIMIT',
      retryAfterSeconds: 2,
      errorBytes: 5,
    };
    const failure = { class: 'RATE_LIMIT', code: 'simulated', retryAfterMs: 2_000, message: 'xxxxx' };
    await expect(run(inputOf(payload))).rejects.toMatchObject(failure);
  });

  it('fails about 30 % of the attempts, and the same ones whenever they are repeated', async () => {
    const fences = Array.from({ length: 1_000 }, (_, fence) => fence);
    const all = () => Promise.all(fences.map((fence) => outcomeOf({}, { fence })));
    const outcomes = await all();
    expect(await all()).toEqual(outcomes);
    const failed = outcomes.filter((outcome) => outcome === 'failed').length;
    expect(failed).toBeGreaterThan(250);
    expect(failed).toBeLessThan(350);
  });

  it('always fails for an id that ends in 3, unless a failure rate is given', async () => {
    const fences = Array.from({ length: 50 }, (_, fence) => fence);
    const all = (payload: SimulatePayload) =>
      Promise.all(fences.map((fence) => outcomeOf(payload, { fence, taskId: 'task123' })));
    expect(new Set(await all({}))).toEqual(new Set(['failed']));
    expect(new Set(await all({ failureRate: 0 }))).toEqual(new Set(['succeeded']));
  });

  it('reports its steps and stops when it is aborted', async () => {
    const seen: number[] = [];
    const controller = new AbortController();
    const progress = (percent: number) => {
      seen.push(percent);
      if (seen.length === 2) controller.abort();
    };
    const running = run(inputOf({ durationMs: 40, steps: 4 }, { progress, signal: controller.signal }));
    await expect(running).rejects.toMatchObject({ name: 'AbortError' });
    expect(seen).toEqual([25, 50]);
  });
});
