import { describe, expect, it } from 'vitest';
import { patched } from './patch.ts';

const patch = { name: 'no two', file: 'core/numbers.ts', line: 'two', becomes: '' };

describe('a sabotage', () => {
  it('is one line that becomes another, and nothing else', () => {
    expect(patched('one\ntwo\n two\n', { ...patch, becomes: '2' })).toBe('one\n2\n two\n');
  });

  it.each([
    ['is gone', 'one\nthree\n', 'sabotage "no two": its line stands 0 times in core/numbers.ts'],
    ['stands only as a part of another', 'one or two\n', 'stands 0 times'],
    ['stands twice', 'two\ntwo\n', 'stands 2 times'],
  ])('whose line %s fails with a sentence', (_, source, sentence) => {
    expect(() => patched(source, patch)).toThrow(sentence);
  });
});
