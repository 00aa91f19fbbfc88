import { Unreachable } from '@holdfast/sdk';
import { expect, test } from 'vitest';
import { FakeLab } from './fake-lab.ts';
import { QUIET, refusal, ROUGH } from './fixture.ts';

async function given(answer: ConstructorParameters<typeof FakeLab>[0]): Promise<FakeLab> {
  const lab = new FakeLab(answer);
  await expect.poll(() => lab.planned !== undefined || lab.view.error !== null).toBe(true);
  return lab;
}

test('it is asked again every 2 s, and what was first known stays beside it', async () => {
  const lab = await given(QUIET);
  lab.answer = ROUGH;
  expect(lab.planned?.delayMs).toBe(2_000);
  await lab.pass();
  await expect.poll(() => lab.view.lab).toBe(ROUGH);
  expect([lab.view.first, lab.view.isOn]).toEqual([QUIET, true]);
});

test('what fails is asked less and less often, and what was known stays', async () => {
  const lab = await given(ROUGH);
  lab.answer = new Unreachable('gone');
  const delays: number[] = [];
  for (let i = 0; i < 6; i += 1) {
    await lab.pass();
    await expect.poll(() => lab.planned).toBeDefined();
    delays.push(lab.planned!.delayMs);
  }
  expect(delays).toEqual([4_000, 8_000, 16_000, 30_000, 30_000, 30_000]);
  expect([lab.view.lab, lab.view.error]).toEqual([ROUGH, lab.answer]);
  lab.answer = QUIET;
  await lab.pass();
  await expect.poll(() => lab.planned?.delayMs).toBe(2_000);
  expect(lab.view.error).toBe(null);
});

test('where nothing may be broken it is not asked again by itself', async () => {
  const lab = await given(refusal('faults-not-allowed', 403));
  expect([lab.view.isAllowed, lab.planned]).toEqual([false, undefined]);
  lab.view.look(false);
  lab.view.look(true);
  expect(lab.looks).toBe(1);
});

test('a hidden page asks nothing, and at once when it is seen again', async () => {
  const lab = await given(QUIET);
  lab.view.look(false);
  expect(lab.planned).toBe(undefined);
  lab.view.look(true);
  expect(lab.looks).toBe(2);
});

test('an answer that was under way does not undo what was set meanwhile', async () => {
  const lab = await given(QUIET);
  const { promise, resolve } = Promise.withResolvers<undefined>();
  lab.held = promise;
  const looked = lab.view.again();
  await lab.view.set(ROUGH.faults);
  resolve(undefined);
  await looked;
  expect(lab.view.lab?.faults).toEqual(ROUGH.faults);
  expect(lab.planned?.delayMs).toBe(2_000);
});

test('a look that began while faults were being set does not undo them', async () => {
  const lab = await given(QUIET);
  const setting = lab.view.set(ROUGH.faults);
  lab.answer = QUIET;
  const { promise, resolve } = Promise.withResolvers<undefined>();
  lab.held = promise;
  const looked = lab.view.again();
  await setting;
  resolve(undefined);
  await looked;
  expect(lab.view.lab?.faults).toEqual(ROUGH.faults);
});

test('what was not done says what it was, and what is on now is asked for at once', async () => {
  const lab = await given(ROUGH);
  lab.refused = new Unreachable('gone');
  await lab.view.heal();
  expect(lab.view.refusal).toEqual({ wish: 'heal', error: lab.refused });
  expect([lab.planned?.delayMs, lab.view.isBusy]).toEqual([0, false]);
});
