import { statsWindowValues } from '@holdfast/api/types';
import { expect, test } from 'vitest';
import { searchOfWindow, windowOf } from './window.ts';

test.each(statsWindowValues)('the window %s survives its address', (window) => {
  expect(windowOf(new URLSearchParams(searchOfWindow(window)))).toBe(window);
});

test.each(['', '2h', '1H', '-1'])('the window "%s" is none: the usual one is shown', (window) => {
  expect(windowOf(new URLSearchParams({ window }))).toBe('1h');
});
