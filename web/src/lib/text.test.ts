import { expect, test } from 'vitest';
import { shortened, visible } from './text.ts';

test.each([
  ['plain', 'plain'],
  ['two\nlines\tand a tab', 'two\nlines\tand a tab'],
  ['bell\u0007', 'bell␇'],
  ['\u001b[31mred', '␛[31mred'],
  ['invoice\u202efdp.exe', 'invoice⟨U+202E⟩fdp.exe'],
  ['zero\u200bwidth\ufeff', 'zero⟨U+200B⟩width⟨U+FEFF⟩'],
  ['half\ud800', 'half⟨U+D800⟩'],
  ['tag\u{e0041}', 'tag⟨U+E0041⟩'],
  ['soft\u00adhyphen', 'soft⟨U+00AD⟩hyphen'],
  ['filler\u3164\u115f', 'filler⟨U+3164⟩⟨U+115F⟩'],
  ['whole 😀 ❤️', 'whole 😀 ❤️'],
])('%j shows as %s', (text, shown) => {
  expect(visible(text)).toBe(shown);
});

test('a long text in one line says that it goes on', () => {
  expect(shortened('one\n  two', 20)).toBe('one two');
  expect(shortened('x'.repeat(21), 20)).toBe(`${'x'.repeat(19)}…`);
});
