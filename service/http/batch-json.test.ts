import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { asValue, Refusal } from '../core/refusal.ts';
import { batchJson } from './batch-json.ts';
import { strictJson } from './strict-json.ts';

/** What became of each item, or of the whole. */
function outcomeOf(text: string): unknown {
  const body = asValue(() => batchJson(Buffer.from(text), 'tasks'));
  if (body instanceof Refusal) return body.code;
  const { tasks } = body as { tasks: unknown };
  return Array.isArray(tasks) ? tasks.map((item: unknown) => (item instanceof Refusal ? item.code : item)) : body;
}

const nested = (levels: number): string => '['.repeat(levels) + ']'.repeat(levels);

const FAULTY = [
  ['1e400', 'number-out-of-range'],
  ['{"a":1,"a":2}', 'duplicate-key'],
  ['{"a":{"__proto__":1}}', 'forbidden-key'],
  ['"\\ud800"', 'invalid-unicode'],
  [nested(33), 'json-too-deep'],
  [nested(50_000), 'json-too-deep'],
] as const;

describe('JSON of a batch', () => {
  it.each(FAULTY)('with a fault in one item leaves its neighbours alone: %.40s', (item, code) => {
    expect(outcomeOf(`{"tasks":[{"a":1},${item}, "b,]\\"" ]}`)).toEqual([{ a: 1 }, code, 'b,]"']);
    expect(outcomeOf(`{ "tasks"\t:\r\n[${item}] }`)).toEqual([code]);
  });

  it('takes an item of the same depth as one that comes alone', () => {
    expect(outcomeOf(`{"tasks":[${nested(32)}]}`)).toEqual([JSON.parse(nested(32))]);
  });

  it('tells a thousand items apart', () => {
    const items = Array.from({ length: 1_000 }, (_, i) => i);
    const expected = [...items.slice(1), 'number-out-of-range'];
    expect(outcomeOf(`{"tasks":[${items.slice(1).join()},1e400]}`)).toEqual(expected);
  });

  it.each([
    ['no JSON in one item', '{"tasks":[1e400,{"a"}]}', 'invalid-json'],
    ['no JSON beside depth', `{"tasks":[${nested(40)},]}`, 'invalid-json'],
    ['brackets that do not match', `{"tasks":[1e400,[}]}`, 'invalid-json'],
    ['a list without end', `{"tasks":[${'['.repeat(40)}`, 'json-too-deep'],
    ['a fault beside the list', '{"tasks":[{}],"mode":1e400}', 'number-out-of-range'],
    ['the list twice', '{"tasks":[1e400],"tasks":[]}', 'duplicate-key'],
    ['a list of this name further in', '{"a":{"tasks":[1e400]}}', 'number-out-of-range'],
    ['no list', '[1e400]', 'number-out-of-range'],
    ['too many items to tell apart', `{"tasks":[${'1e400,'.repeat(2_000)}1]}`, 'number-out-of-range'],
  ])('is refused as a whole for %s', (_, text, code) => {
    expect(outcomeOf(text)).toBe(code);
  });

  it('judges every item as if it had come alone', () => {
    const space = fc.constantFrom('', ' ', '\n');
    const sound = fc.jsonValue({ maxDepth: 3 }).map((value) => JSON.stringify(value));
    const item = fc.oneof(sound, fc.constantFrom(...FAULTY.slice(0, 5).map(([text]) => text)));
    const padded = fc.tuple(space, item, space).map((parts) => parts.join(''));
    fc.assert(
      fc.property(fc.array(padded, { minLength: 1, maxLength: 6 }), (items) => {
        const alone = items.map((each) => asValue(() => strictJson(Buffer.from(each))));
        const expected = alone.map((each) => (each instanceof Refusal ? each.code : each));
        expect(outcomeOf(`{"tasks":[${items.join()}],"other":0.5}`)).toEqual(expected);
      }),
    );
  });
});
