/**
 * Whether a number of JSON keeps its decimal value when it is read as a double and printed again: 0.10 and 1e3 do,
 * 9007199254740993, 1e400 and 1e-400 do not. Printing decides, but costs five times what reading does; so the common
 * cases are decided by counting digits, or by arithmetic (shortest-decimal.ts).
 */
import { HEAD_DIGITS, isSurelyShortest, MOST_DIGITS, startOf } from './shortest-decimal.ts';

/** So many digits come back from every double that is neither huge nor tiny (DBL_DIG of IEEE 754). */
const ALWAYS = 15;
/** What is less than 10 to this power is finite; what is no less than 10 to that one has all bits of a double. */
const HUGE = 308;
const TINY = -307;
/** An exponent is counted up to this one; no body has digits enough to make up for more. */
const MOST_EXPONENT = 1e9;
const PARTS = /^-?(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/;

const PLUS = 43;
const MINUS = 45;
const DOT = 46;
const ZERO = 48;
const NINE = 57;
const LOWER_E = 101;
/** The bit between upper and lower case. */
const CASE = 32;

/**
 * The index after the number that begins at `from` with a digit or minus, negative when it does not survive. Of what is
 * no number this says nothing, but that index is larger than `from`.
 */
export function endOfNumber(bytes: Buffer, from: number): number {
  let head = 0;
  let tail = 0;
  let digits = 0;
  let scale = 0;
  let point = bytes.length;
  let i = from;
  for (; i < bytes.length; i += 1) {
    const unit = bytes[i]!;
    if (unit >= ZERO && unit <= NINE) {
      if (digits > 0 || unit > ZERO) digits += 1;
      if (digits <= HEAD_DIGITS) head = head * 10 + unit - ZERO;
      else if (digits <= MOST_DIGITS) tail = tail * 10 + unit - ZERO;
    } else if (unit === DOT) point = i;
    else if (unit !== MINUS) break;
  }
  if (point < i) scale = i - point - 1;
  if ((bytes[i]! | CASE) === LOWER_E) {
    const end = endOfExponent(bytes, i + 1);
    scale -= exponentOf(bytes, i + 1, end);
    i = end;
  }
  // Less than 10 to the power of digits - scale, and no less than a tenth of that; zero has no digits.
  const isFar = digits > 0 && (digits - scale > HUGE || digits - scale - 1 < TINY);
  let isProven = digits <= ALWAYS && !isFar;
  if (digits > ALWAYS && digits <= MOST_DIGITS) {
    isProven = isSurelyShortest(startOf(head, digits - HEAD_DIGITS), tail, scale);
  }
  return isProven || survives(bytes.toString('latin1', from, i)) ? i : -i;
}

function endOfExponent(bytes: Buffer, from: number): number {
  let i = from;
  for (; i < bytes.length; i += 1) {
    const unit = bytes[i]!;
    if ((unit < ZERO || unit > NINE) && unit !== PLUS && unit !== MINUS) break;
  }
  return i;
}

function exponentOf(bytes: Buffer, from: number, to: number): number {
  let exponent = 0;
  for (let i = from; i < to; i += 1) {
    const unit = bytes[i]!;
    if (unit >= ZERO && exponent < MOST_EXPONENT) exponent = exponent * 10 + unit - ZERO;
  }
  return bytes[from] === MINUS ? -exponent : exponent;
}

/** By printing it. `token` is a number of JSON; of anything else the answer means nothing. */
export function survives(token: string): boolean {
  const value = Number(token);
  const printed = String(value);
  return printed === token || (Number.isFinite(value) && canonical(token) === canonical(printed));
}

/** The digits that count, and the power of ten of the last of them. */
function canonical(token: string): string {
  const [, whole = '', fraction = '', exponent = '0'] = PARTS.exec(token) ?? [];
  const digits = `${whole}${fraction}`;
  let from = 0;
  while (digits[from] === '0') from += 1;
  let to = digits.length;
  while (to > from && digits[to - 1] === '0') to -= 1;
  if (from === to) return '0';
  return `${digits.slice(from, to)}e${Number(exponent) - fraction.length + digits.length - to}`;
}
