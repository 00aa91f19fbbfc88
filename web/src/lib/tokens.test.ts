import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const css = readFileSync(join(import.meta.dirname, 'tokens.css'), 'utf8');

/** The colours that a block sets, by name. */
function colours(selector: string): Readonly<Record<string, string>> {
  const block = css.slice(css.indexOf(selector)).match(/\{([^}]*)\}/)![1]!;
  return Object.fromEntries([...block.matchAll(/(--[\w-]+): ([^;]+);/g)].map(([, name, value]) => [name!, value!]));
}

test('dark is the same whether the machine or the reader wants it', () => {
  expect(colours(":root[data-theme='dark'] {")).toEqual(colours(":root:not([data-theme='light'])"));
});

const luminance = (colour: string): number => {
  const [r, g, b] = [1, 3, 5].map((at) => {
    const share = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r! + 0.7152 * g! + 0.0722 * b!;
};
const contrast = (one: string, other: string): number => {
  const [light, dark] = [luminance(one), luminance(other)].sort((a, b) => b - a);
  return (light! + 0.05) / (dark! + 0.05);
};

test.each(['light', 'dark'])('every text can be read on each ground it stands on: %s', (theme) => {
  const set = colours(theme === 'light' ? ':root {' : ":root[data-theme='dark'] {");
  const grounds = ['--ground', '--raised', '--sunken', '--hover'];
  const tones = ['blue', 'green', 'amber', 'red', 'grey'];
  const pairs = [
    ...['--text', '--soft', '--accent', '--red', '--green', '--amber', '--blue'].flatMap((text) =>
      grounds.map((ground) => [text, ground]),
    ),
    ...tones.map((tone) => [`--${tone}`, `--${tone}-ground`]),
    ...['--text', '--soft'].map((text) => [text, '--accent-ground']),
    ['--text', '--red-ground'],
    ['--accent-text', '--accent'],
  ];
  const weak = pairs.filter(([text, ground]) => contrast(set[text!]!, set[ground!]!) < 4.5);
  expect(weak).toEqual([]);
});
