/**
 * How many bytes DynamoDB counts for an item, as its documentation says:
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/CapacityUnitCalculations.html
 * In: an item as the document client takes it. A number is "approximately" sized there; this is the documented formula.
 */
export type Item = Record<string, unknown>;

/** The overhead of a list or a map, and of each of its elements. */
const NESTING_BYTES = 3;
const ELEMENT_BYTES = 1;

const utf8 = (text: string): number => Buffer.byteLength(text);

/** One byte per two significant digits, and one more; a sign takes another. */
function numberBytes(text: string): number {
  const [mantissa = ''] = text.toLowerCase().split('e');
  const digits = mantissa.replace(/[-+.]/g, '').replace(/^0+/, '').replace(/0+$/, '');
  return Math.ceil(digits.length / 2) + 1 + (text.startsWith('-') ? 1 : 0);
}

const sum = (sizes: readonly number[]): number => sizes.reduce((total, each) => total + each, 0);

export function valueBytes(value: unknown): number {
  if (typeof value === 'string') return utf8(value);
  if (typeof value === 'number' || typeof value === 'bigint') return numberBytes(String(value));
  if (typeof value === 'boolean' || value === null) return 1;
  if (value instanceof Uint8Array) return value.byteLength;
  if (value instanceof Set) return sum([...value].map(valueBytes));
  if (Array.isArray(value)) return NESTING_BYTES + sum(value.map((each) => valueBytes(each) + ELEMENT_BYTES));
  if (typeof value !== 'object') throw new Error(`No attribute value is a ${typeof value}`);
  return NESTING_BYTES + sum(pairsOf(value).map(([name, each]) => utf8(name) + valueBytes(each) + ELEMENT_BYTES));
}

/** What is undefined is not there. */
const pairsOf = (map: object): [string, unknown][] => Object.entries(map).filter(([, value]) => value !== undefined);

/** Names and values of all attributes. */
export const itemBytes = (item: Item): number =>
  sum(pairsOf(item).map(([name, value]) => utf8(name) + valueBytes(value)));
