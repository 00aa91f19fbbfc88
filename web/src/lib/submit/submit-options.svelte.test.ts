import type { FieldError, TypeInfo } from '@holdfast/api/types';
import type { Holdfast } from '@holdfast/sdk';
import { ProblemError } from '@holdfast/sdk';
import { expect, test } from 'vitest';
import { render } from 'vitest-browser-svelte';
import ErrorSummary from './ErrorSummary.svelte';
import { Submission } from './submission.svelte.ts';
import SubmitOptions from './SubmitOptions.svelte';

function refused(...errors: readonly FieldError[]): Submission {
  const submission = new Submission([{ type: 'simulate', state: 'available' } as TypeInfo], {} as unknown as Holdfast);
  const problem = { title: 'Invalid', status: 422, code: 'invalid-payload', detail: '', retryable: false };
  submission.error = new ProblemError(
    { ...problem, errors: [...errors] },
    { requestId: null, retryAfterSeconds: null },
  );
  return submission;
}

test('two tags with the same fault are told once, and the form stays', async () => {
  const submission = refused(
    { pointer: '/tags/0', message: 'is no tag' },
    { pointer: '/tags/1', message: 'is no tag' },
  );
  const screen = await render(SubmitOptions, { submission });
  await expect.element(screen.getByText('is no tag')).toBeVisible();
});

test('the same fault named twice does not take the summary down', async () => {
  const screen = await render(ErrorSummary, {
    submission: refused({ pointer: '/payload', message: 'is wrong' }, { pointer: '/payload', message: 'is wrong' }),
  });
  await expect.element(screen.getByText('is wrong').nth(1)).toBeVisible();
});
