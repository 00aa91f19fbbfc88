import { expect, test } from 'vitest';
import { readArguments } from './arguments.ts';
import { CannotRun } from './sentences.ts';

const read = (line: string, environment = {}) => readArguments(line.split(' ').filter(Boolean), environment);

test('a scenario alone asks for a server of its own, and for no key', () => {
  const order = {
    kind: 'run',
    scenario: 'smoke',
    url: undefined,
    key: undefined,
    twin: false,
    options: { short: false },
  };
  expect(read('smoke', { HOLDFAST_API_KEY: 'hf_1' })).toEqual(order);
});

test('a URL loses its slash, and the key comes from the command or from the environment', () => {
  expect(read('smoke --url https://a.example/dev/', { HOLDFAST_API_KEY: 'one' })).toMatchObject({
    url: 'https://a.example/dev',
    key: 'one',
  });
  expect(read('smoke --url http://a --key two', { HOLDFAST_API_KEY: 'one' })).toMatchObject({ key: 'two' });
});

test('what changes the load is kept together', () => {
  const { options } = read('end-to-end --rate 0.5 --short --shape spike --batch 10') as { options: object };
  expect(options).toEqual({ rate: 0.5, short: true, shape: 'spike', batch: 10 });
});

test('live takes another number of viewers', () => {
  expect(read('live --viewers 200')).toMatchObject({ options: { short: false, viewers: 200 } });
});

test.each([
  ['', 'Name a scenario.'],
  ['smok', 'There is no scenario "smok".'],
  ['smoke retry', 'One scenario at a time: "retry" is too much.'],
  ['smoke --rate 0', '--rate must be a number above 0, at most 10000.'],
  ['smoke --rate many', '--rate must be'],
  ['retry --batch 10', '--shape and --batch belong to end-to-end: retry has its own.'],
  ['soak --shape spike', '--shape and --batch belong to end-to-end'],
  ['smoke --viewers 5', '--viewers belongs to live: smoke has none.'],
  ['live --viewers 1001', '--viewers must be a whole number from 1 to 1000.'],
  ['smoke --batch 101', '--batch must be a whole number from 1 to 100.'],
  ['smoke --shape square', '--shape must be steady or spike.'],
  ['smoke --url localhost:4000', '--url must be the URL of a Holdfast, such as http://localhost:4000.'],
  ['smoke --url http://me:secret@a', '--url takes no name and password; a key goes into --key.'],
  ['smoke --url http://a/?x=1', '--url ends where the paths of Holdfast begin'],
  ['smoke --url http://a --twin', 'Say --url or --twin, not both'],
  ['smoke --key one', '--key belongs to --url'],
  ['smoke --fast', "Unknown option '--fast'"],
  ['compare one', 'compare takes two results, and nothing else'],
  ['compare one two --short', 'compare takes two results, and nothing else'],
])('"%s" is refused with a sentence', (line, sentence) => {
  expect(() => read(line)).toThrow(CannotRun);
  expect(() => read(line)).toThrow(sentence);
});
