/** Whether a number keeps its decimal value when it is read as a double and printed again. */

/** So few digits always do (IEEE 754 double: 15 decimal digits). */
const SAFE_LENGTH = 15;
const PARTS = /^-?(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/;

/** `token` is a number of JSON. 0.10 and 1e3 survive; 9007199254740993, 1e400 and 1e-400 do not. */
export function survives(token: string): boolean {
  if (token.length <= SAFE_LENGTH && !/[eE]/.test(token)) return true;
  const value = Number(token);
  const printed = String(value);
  return printed === token || (Number.isFinite(value) && decimalOf(token) === decimalOf(printed));
}

/** The digits that count, and the power of ten of the last of them. */
function decimalOf(token: string): string {
  const [, whole = '', fraction = '', exponent = '0'] = PARTS.exec(token) ?? [];
  const digits = `${whole}${fraction}`;
  let from = 0;
  while (digits[from] === '0') from += 1;
  let to = digits.length;
  while (to > from && digits[to - 1] === '0') to -= 1;
  if (from === to) return '0';
  return `${digits.slice(from, to)}e${Number(exponent) - fraction.length + digits.length - to}`;
}
