/**
 * How large an item is by DynamoDB's own arithmetic, for it decides what a write costs and whether it is possible:
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/CapacityUnitCalculations.html
 * Ours hold texts, numbers, bytes and flags only; lists and objects are JSON texts.
 */
export type Attribute = string | number | boolean | Uint8Array;
export type Item = Readonly<Record<string, Attribute>>;

/** https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Constraints.html#limits-items */
export const MAX_ITEM_BYTES = 400 * 1024;
/** https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Constraints.html#limits-partition-sort-keys */
export const MAX_PARTITION_KEY_BYTES = 2_048;
export const MAX_SORT_KEY_BYTES = 1_024;
/** What one write unit pays for. */
export const UNIT_BYTES = 1_024;

export const utf8Bytes = (text: string): number => Buffer.byteLength(text);

/** One byte for two significant digits, one for all, and one for a sign. */
function numberBytes(value: number): number {
  const [digits = ''] = Math.abs(value).toExponential().split('e');
  const significant = digits.replace('.', '').replace(/0+$/, '').length;
  return 1 + Math.ceil(significant / 2) + (value < 0 ? 1 : 0);
}

export function attributeBytes(name: string, value: Attribute): number {
  if (typeof value === 'string') return utf8Bytes(name) + utf8Bytes(value);
  if (typeof value === 'number') return utf8Bytes(name) + numberBytes(value);
  return utf8Bytes(name) + (typeof value === 'boolean' ? 1 : value.byteLength);
}

export function itemBytes(item: Item): number {
  let bytes = 0;
  for (const [name, value] of Object.entries(item)) bytes += attributeBytes(name, value);
  return bytes;
}

const KEY_NAMES = ['PK', 'SK', 'AP', 'AS', 'TP', 'TS'];

/** Whether DynamoDB takes it at all; it refuses what is larger with an error that no retry mends. */
export function isStorable(item: Item): boolean {
  const keysFit = KEY_NAMES.every((name) => {
    const most = name.endsWith('P') || name === 'PK' ? MAX_PARTITION_KEY_BYTES : MAX_SORT_KEY_BYTES;
    return utf8Bytes(String(item[name] ?? '')) <= most;
  });
  return keysFit && itemBytes(item) <= MAX_ITEM_BYTES;
}
