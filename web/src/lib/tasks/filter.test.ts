import type { Task } from '@holdfast/api/types';
import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import type { ListFilter } from './filter.ts';
import { filterOf, isEmpty, matches, searchOf, withPart } from './filter.ts';

const anyFilter: fc.Arbitrary<ListFilter> = fc.record(
  {
    status: fc.constantFrom('queued', 'dead'),
    type: fc.string({ minLength: 1 }).map((text) => `t${text}t`),
    class: fc.constantFrom('SYSTEM', 'NETWORK'),
    tag: fc.constantFrom('team:billing', 'a&b=c', '?#%'),
    since: fc.constant('2026-11-21T10:00:00.000Z'),
    until: fc.constant('2026-11-21T11:00:00.000Z'),
  },
  { requiredKeys: [] },
);

describe('a filter in the address', () => {
  it('comes back as it was', () => {
    fc.assert(
      fc.property(anyFilter, (filter) => {
        expect(filterOf(new URLSearchParams(searchOf(filter)))).toEqual(filter);
      }),
    );
  });

  it('is the same address for the same filter, in whatever order it came', () => {
    const reversed = filterOf(new URLSearchParams('tag=a&type=b&status=dead'));
    expect(searchOf(reversed)).toBe('?status=dead&type=b&tag=a');
  });

  it('loses a part that is emptied, and what it does not know', () => {
    expect(searchOf(withPart({ status: 'dead', tag: 'a' }, 'tag', ''))).toBe('?status=dead');
    expect(isEmpty(filterOf(new URLSearchParams('page=2&status=')))).toBe(true);
  });
});

const task = (fields: Partial<Task>): Task =>
  ({ status: 'queued', type: 'simulate', tags: ['a'], createdAt: '2026-11-21T10:00:00.000Z', ...fields }) as Task;

test.each<[ListFilter, Partial<Task>, boolean]>([
  [{}, {}, true],
  [{ status: 'queued' }, { status: 'running' }, false],
  [{ status: 'dead' }, { status: 'dead', finishedAt: '2026-11-21T10:00:00.000Z' }, true],
  [{ status: 'dead' }, { status: 'dead', discarded: true, finishedAt: '2026-11-21T10:00:00.000Z' }, false],
  [{ type: 'other' }, {}, false],
  [{ tag: 'a' }, {}, true],
  [{ tag: 'b' }, {}, false],
  [{ class: 'SYSTEM' }, { lastFailure: null }, false],
  [{ since: '2026-11-21T11:00:00+01:00' }, {}, true],
  [{ since: '2026-11-21T10:00:00.001Z' }, {}, false],
  [{ until: '2026-11-21T10:00:00.000Z' }, {}, false],
])('%j lists a task that is %j: %s', (filter, fields, isPart) => {
  expect(matches(task(fields), filter)).toBe(isPart);
});
