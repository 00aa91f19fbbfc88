/**
 * DynamoDB's expressions, read into functions of an item: conditions, filters, key conditions and projections.
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Expressions.html
 * What it does not know it refuses, so that nothing is metered by a guess.
 */
import type { Item } from './item-size.ts';
import type { Path } from './values.ts';
import { at, contains, isEqual, order, sizeOf } from './values.ts';

export interface Placeholders {
  readonly ExpressionAttributeNames?: Record<string, string> | undefined;
  readonly ExpressionAttributeValues?: Item | undefined;
}

type Operand = (item: Item) => unknown;
type Condition = (item: Item) => boolean;

const TOKEN = /\s*(#\w+|:\w+|\w+|<>|<=|>=|[=<>(),.[\]+-])/y;

function tokensOf(text: string): string[] {
  const tokens: string[] = [];
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < text.trimEnd().length) {
    const found = TOKEN.exec(text);
    if (!found) throw new Error(`The meter cannot read the expression: ${text}`);
    tokens.push(found[1]!);
  }
  return tokens;
}

const COMPARED: Readonly<Record<string, (order: number) => boolean>> = {
  '<': (difference) => difference < 0,
  '<=': (difference) => difference <= 0,
  '>': (difference) => difference > 0,
  '>=': (difference) => difference >= 0,
};

/** Functions of a condition, of operands that are read before. */
const ASKED: Readonly<Record<string, (first: unknown, second: unknown) => boolean>> = {
  attribute_exists: (value) => value !== undefined,
  attribute_not_exists: (value) => value === undefined,
  begins_with: (value, start) => typeof value === 'string' && typeof start === 'string' && value.startsWith(start),
  contains,
};

export class Reader {
  private readonly tokens: string[];
  private next = 0;
  /** What a key condition asks to be equal: the partition to be read. */
  readonly equalities = new Map<string, unknown>();
  private readonly placeholders: Placeholders;

  constructor(text: string, placeholders: Placeholders) {
    this.tokens = tokensOf(text);
    this.placeholders = placeholders;
  }

  get isAtEnd(): boolean {
    return this.next >= this.tokens.length;
  }

  private peek(ahead = 0): string {
    return this.tokens[this.next + ahead] ?? '';
  }

  is(word: string): boolean {
    return this.peek().toUpperCase() === word;
  }

  takes(word: string): boolean {
    if (!this.is(word)) return false;
    this.next += 1;
    return true;
  }

  private expect(word: string): void {
    if (!this.takes(word)) throw new Error(`The meter expects ${word} in: ${this.tokens.join(' ')}`);
  }

  path(): Path {
    const path: (string | number)[] = [this.name()];
    for (;;) {
      if (this.takes('.')) path.push(this.name());
      else if (this.takes('[')) {
        path.push(Number(this.tokens[this.next++]));
        this.expect(']');
      } else return path;
    }
  }

  private name(): string {
    const token = this.tokens[this.next++] ?? '';
    if (!token.startsWith('#')) return token;
    const name = this.placeholders.ExpressionAttributeNames?.[token];
    if (name === undefined) throw new Error(`No name for ${token}`);
    return name;
  }

  private value(): unknown {
    const token = this.tokens[this.next++]!;
    const value = this.placeholders.ExpressionAttributeValues?.[token];
    if (value === undefined) throw new Error(`No value for ${token}`);
    return value;
  }

  list<T>(read: () => T): T[] {
    const all = [read()];
    while (this.takes(',')) all.push(read());
    return all;
  }

  private arguments<T>(read: () => T): T[] {
    this.expect('(');
    const all = this.list(read);
    this.expect(')');
    return all;
  }

  operand(): Operand {
    const name = this.peek().toLowerCase();
    if (this.peek(1) === '(' && ['size', 'if_not_exists', 'list_append'].includes(name)) {
      this.next += 1;
      const [first, second] = this.arguments(() => this.sum());
      if (name === 'size') return (item) => sizeOf(first!(item));
      if (name === 'if_not_exists') return (item) => first!(item) ?? second!(item);
      return (item) => [first!(item), second!(item)].flat();
    }
    if (this.peek().startsWith(':')) {
      const value = this.value();
      return () => value;
    }
    const path = this.path();
    return (item) => at(item, path);
  }

  sum(): Operand {
    const left = this.operand();
    const sign = this.takes('+') ? 1 : this.takes('-') ? -1 : 0;
    if (sign === 0) return left;
    const right = this.operand();
    return (item) => Number(left(item)) + sign * Number(right(item));
  }

  condition(): Condition {
    const all = [this.conjunction()];
    while (this.takes('OR')) all.push(this.conjunction());
    return (item) => all.some((each) => each(item));
  }

  private conjunction(): Condition {
    const all = [this.negation()];
    while (this.takes('AND')) all.push(this.negation());
    return (item) => all.every((each) => each(item));
  }

  private negation(): Condition {
    if (this.takes('NOT')) {
      const inner = this.negation();
      return (item) => !inner(item);
    }
    if (this.takes('(')) {
      const inner = this.condition();
      this.expect(')');
      return inner;
    }
    const asked = ASKED[this.peek().toLowerCase()];
    if (!asked || this.peek(1) !== '(') return this.comparison();
    this.next += 1;
    const [first, second] = this.arguments(() => this.operand());
    return (item) => asked(first!(item), second?.(item));
  }

  private comparison(): Condition {
    const from = this.next;
    const left = this.operand();
    if (this.takes('BETWEEN')) {
      const low = this.operand();
      this.expect('AND');
      const high = this.operand();
      return (item) => (order(left(item), low(item)) ?? -1) >= 0 && (order(left(item), high(item)) ?? 1) <= 0;
    }
    if (this.takes('IN')) {
      const all = this.arguments(() => this.operand());
      return (item) => all.some((each) => isEqual(left(item), each(item)));
    }
    const comparator = this.tokens[this.next++]!;
    const right = this.operand();
    if (comparator === '=') {
      this.remember(from, right);
      return (item) => left(item) !== undefined && isEqual(left(item), right(item));
    }
    if (comparator === '<>') return (item) => !isEqual(left(item), right(item));
    const passes = COMPARED[comparator];
    if (!passes) throw new Error(`The meter does not know ${comparator} in: ${this.tokens.join(' ')}`);
    return (item) => {
      const difference = order(left(item), right(item));
      return difference !== undefined && passes(difference);
    };
  }

  private remember(from: number, right: Operand): void {
    const after = this.next;
    this.next = from;
    const [name, ...deeper] = this.path();
    this.next = after;
    const value = right({});
    if (deeper.length === 0 && value !== undefined) this.equalities.set(String(name), value);
  }
}

/** True for everything when there is no expression. */
export function conditionOf(text: string | undefined, placeholders: Placeholders): Condition {
  return text === undefined ? () => true : new Reader(text, placeholders).condition();
}

/** `partition` is what the key condition asks the named attribute to be. */
export function keyConditionOf(
  text: string,
  placeholders: Placeholders,
  attribute: string,
): { partition: string; passes: Condition } {
  const reader = new Reader(text, placeholders);
  const passes = reader.condition();
  const partition = reader.equalities.get(attribute);
  if (typeof partition !== 'string') throw new Error(`The key condition does not name one ${attribute}: ${text}`);
  return { partition, passes };
}

export function projectedNames(text: string, placeholders: Placeholders): Path[] {
  const reader = new Reader(text, placeholders);
  return reader.list(() => reader.path());
}
