import type { TypeInfo } from '@holdfast/api/types';
import type { Holdfast } from '@holdfast/sdk';
import { expect, test } from 'vitest';
import { render } from 'vitest-browser-svelte';
import { Submission } from './submission.svelte.ts';
import TypeChoice from './TypeChoice.svelte';

const SIMULATE = {
  type: 'simulate',
  title: 'Simulate',
  state: 'available',
  description: 'Without `failureRate` some fail.',
  examples: [],
} as unknown as TypeInfo;
const submissionOf = (type: string): Submission => {
  const submission = new Submission([SIMULATE], {} as unknown as Holdfast);
  submission.choose(type);
  return submission;
};

test('a type that is not installed is named, and not taken for another', async () => {
  const screen = await render(TypeChoice, { submission: submissionOf('gone') });
  await expect.element(screen.getByText(/There is no type\s+gone/)).toBeVisible();
  await expect.element(screen.getByLabelText('Type')).toHaveValue('');
});

test('names of fields in a description look like names', async () => {
  const screen = await render(TypeChoice, { submission: submissionOf('simulate') });
  await expect.element(screen.getByText('failureRate', { exact: true })).toBeVisible();
  expect(screen.container.textContent).not.toContain('`');
});
