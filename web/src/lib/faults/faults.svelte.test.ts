import type { FaultLab, TypeInfo } from '@holdfast/api/types';
import { Unreachable } from '@holdfast/sdk';
import { expect, test } from 'vitest';
import { render } from 'vitest-browser-svelte';
import { FakeLab } from './fake-lab.ts';
import FaultsPage from './FaultsPage.svelte';
import { QUIET, refusal, ROUGH } from './fixture.ts';

const TYPES = ['http-request', 'simulate'].map((type) => ({ type }) as TypeInfo);

async function stage(answer: FaultLab | Error) {
  const lab = new FakeLab(answer);
  const api = { url: 'http://h.test', asksForKey: false };
  const types = () => Promise.resolve(TYPES);
  const screen = await render(FaultsPage, { view: lab.view, api, mayChange: true, types });
  const press = (name: string | RegExp) => screen.getByRole('button', { name }).click();
  return { lab, screen, press, banner: screen.getByRole('region', { name: 'What is broken' }) };
}

test('faults are set in percent, for types that are there, and shown with what is left of their time', async () => {
  const { lab, screen, press, banner } = await stage(QUIET);
  await expect.element(banner).toHaveTextContent('Nothing is broken on purpose');
  await screen.getByRole('combobox', { name: 'Attempts of' }).selectOptions('simulate');
  await press('Add this type');
  await screen.getByLabelText('Fail').fill('7');
  await screen.getByLabelText('as', { exact: true }).selectOptions('SYSTEM');
  await screen.getByLabelText('Lost', { exact: true }).fill('28.5');
  await screen.getByLabelText(/well again after/).fill('90');
  await press('Set these faults');
  await expect.element(banner).toMatchTextContent('7 % of the attempts of simulate fail with SYSTEM');
  await expect.element(screen.getByText(/by itself in [12]:\d\d\./)).toBeVisible();
  const fault = { type: 'simulate', failureRate: 0.07, failureClass: 'SYSTEM', delaySeconds: 0, crashRate: 0 };
  const doorbell = { loseRate: 0.285, duplicateRate: 0 };
  expect(lab.asked).toEqual([{ ...QUIET.faults, types: [fault], doorbell, endsAfterSeconds: 90 }]);
});

test('one press heals everything, and the form follows', async () => {
  const { lab, screen, press, banner } = await stage(ROUGH);
  await expect.element(screen.getByLabelText('Fail')).toHaveValue(20);
  await press('Heal everything');
  await expect.element(banner).toHaveTextContent('Nothing is broken on purpose');
  await expect.element(screen.getByLabelText('Fail')).not.toBeInTheDocument();
  expect(lab.asked).toEqual([{}]);
});

test('a percentage that is none is told at its field, before it is sent', async () => {
  const { lab, screen, press } = await stage(QUIET);
  await screen.getByLabelText('Refused').fill('101');
  await screen.getByLabelText('Reply lost').fill('');
  await press('Set these faults');
  await expect.element(screen.getByLabelText('Refused')).toHaveAccessibleDescription(/From 0 to 100 %/);
  await expect.element(screen.getByLabelText('Reply lost')).toHaveAccessibleDescription(/From 0 to 100 %/);
  await expect.element(screen.getByLabelText('Refused')).toHaveFocus();
  expect(lab.asked).toEqual([]);
});

test('what the server refuses stands at its field, and elsewhere what has none', async () => {
  const { lab, screen, press } = await stage(ROUGH);
  lab.refused = refusal('validation', 422, [{ pointer: '/types/0/delaySeconds', message: 'must be <= 600' }]);
  await screen.getByLabelText('Begin later by').fill('601');
  await press('Set these faults');
  await expect.element(screen.getByLabelText('Begin later by')).toHaveAccessibleDescription(/must be <= 600/);
  await expect.element(screen.getByLabelText('Begin later by')).toHaveFocus();
  expect(screen.getByRole('alert').query()).toBe(null);
  lab.refused = refusal('validation', 422, [{ pointer: '/types/0/type', message: 'is no task type here' }]);
  await press('Set these faults');
  await expect.element(screen.getByText('This type is no task type here')).toBeVisible();
  lab.refused = refusal('ledger-unavailable', 503);
  await press('Set these faults');
  await expect.element(screen.getByRole('alert')).toMatchTextContent('ledger-unavailable');
});

test('what is being written stays when somebody else changes what is on, and says so', async () => {
  const { lab, screen, press } = await stage(QUIET);
  await screen.getByLabelText('Refused').fill('3');
  lab.answer = ROUGH;
  await lab.pass();
  await expect.element(screen.getByText(/What is on was changed meanwhile/)).toBeVisible();
  await expect.element(screen.getByLabelText('Refused')).toHaveValue(3);
  await press('Show what is on');
  await expect.element(screen.getByLabelText('Refused')).toHaveValue(0);
  await expect.element(screen.getByLabelText('Fail')).toHaveValue(20);
});

test('what was injected stands beside what was put right, with what came since the page was opened', async () => {
  const { lab, screen } = await stage(ROUGH);
  const row = screen.getByRole('row', { name: /Attempts that failed/ });
  await expect.element(row).toMatchTextContent('201198');
  lab.answer = { ...ROUGH, injected: { ...ROUGH.injected, failures: 213 } };
  await lab.pass();
  await expect.element(row).toMatchTextContent('213+12198');
});

test('where nothing may be broken it says how to allow it', async () => {
  const { lab, screen, press } = await stage(refusal('faults-not-allowed', 403));
  await expect.element(screen.getByText(/was not started with FAULTS_ALLOWED=1/)).toBeVisible();
  expect(screen.getByRole('form').query()).toBe(null);
  lab.answer = QUIET;
  await press('Look again');
  await expect.element(screen.getByRole('form')).toBeVisible();
});

test('a lab that does not answer is asked again, and what was known is called old', async () => {
  const { lab, screen, press } = await stage(new Unreachable('gone'));
  await expect.element(screen.getByRole('alert')).toMatchTextContent('does not answer');
  lab.answer = ROUGH;
  await press('Try again');
  await expect.element(screen.getByRole('form')).toBeVisible();
  lab.answer = new Unreachable('gone');
  await lab.pass();
  await expect.element(screen.getByText(/This may be out of date/)).toBeVisible();
  await expect.element(screen.getByText('Things are broken here on purpose')).toBeVisible();
});
