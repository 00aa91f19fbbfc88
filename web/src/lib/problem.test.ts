import { expect, test } from 'vitest';
import { troubleOf } from './problem.ts';

test.each([
  'Failed to fetch dynamically imported module: http://h.test/app/_app/immutable/nodes/5.js',
  'error loading dynamically imported module: http://h.test/x.js',
  'Importing a module script failed.',
  'Unable to preload CSS for http://h.test/app/_app/immutable/assets/3.css',
])('a part of the dashboard that does not come is no fault of it: %s', (message) => {
  expect(troubleOf(new TypeError(message))).toMatchObject({
    title: 'This view could not be loaded',
    detail: 'Holdfast does not answer, or runs in another version since this page was opened. Is it running?',
  });
});

test('any other error is', () => {
  expect(troubleOf(new TypeError('x is undefined')).title).toBe('The dashboard failed');
});
