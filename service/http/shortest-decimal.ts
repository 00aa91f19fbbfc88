/**
 * Proves without printing that a decimal of 16 or 17 digits is the one that JavaScript prints for its double: the
 * shortest that reads as this double, and of those the closest. All in units of its last digit. The exact product is
 * Dekker's (https://doi.org/10.1007/BF01397083), the neighbour of a double Rump's
 * (https://doi.org/10.1007/s10543-009-0218-z).
 */

/** Powers of ten up to this one are doubles. */
const MOST_SCALE = 22;
const POWERS = Float64Array.from({ length: MOST_SCALE + 1 }, (_, n) => Number(`1e${n}`));
const INVERSES = Float64Array.from({ length: MOST_SCALE + 1 }, (_, n) => Number(`1e-${n}`));
/** Cuts a double into halves whose products are exact. */
const SPLIT = 2 ** 27 + 1;
/** Half a unit in the last place of 1, and a bit: what is added to a double so that it rounds to its neighbour. */
const TO_NEIGHBOUR = 2 ** -53 * (1 + 2 ** -52);
/** Far more than the comparisons below can be wrong by, and far less than decides one in practice. */
const DOUBT = 1e-6;

/** The head of the digits, 9 of them, is exact as a double also when the others, at most 8, follow it. */
export const HEAD_DIGITS = 9;
/** No double needs more to be told from its neighbours. */
export const MOST_DIGITS = 17;

/**
 * Of (`start` + `tail`) / 10^`scale`: whole numbers, `start` the first 9 digits followed by zeros, `tail` the other 7
 * or 8. True is a proof; false says nothing.
 */
export function isSurelyShortest(start: number, tail: number, scale: number): boolean {
  if (scale === 0 && start + tail <= Number.MAX_SAFE_INTEGER) return true;
  if (scale < 0 || scale > MOST_SCALE) return false;
  const power = POWERS[scale]!;
  const rough = (start + tail) / power;
  const roughExcess = product(rough, power, start) - tail;
  const double = rough - roughExcess * INVERSES[scale]!;
  const excess = roughExcess + (double - rough) * power;
  const step = double * TO_NEIGHBOUR;
  const above = ((double + step - double) * power) / 2;
  const below = ((double - (double - step)) * power) / 2;
  const isReadAsDouble = Math.abs(excess) < Math.min(above, below) - DOUBT;
  const isClosest = Math.abs(excess) < 0.5 - DOUBT;
  // Every shorter decimal is a multiple of ten.
  const last = (tail % 10) + excess;
  const isShortest = Math.min(last, 10 - last) > Math.max(above, below) + DOUBT;
  return isReadAsDouble && isClosest && isShortest;
}

/** The digits of the head, followed by as many zeros. */
export const startOf = (head: number, zeros: number): number => head * POWERS[zeros]!;

/** a × b − most of it: nothing is rounded away where both are close. */
function product(a: number, b: number, most: number): number {
  const rounded = a * b;
  const aHigh = upperHalf(a);
  const aLow = a - aHigh;
  const bHigh = upperHalf(b);
  const bLow = b - bHigh;
  return rounded - most + (aHigh * bHigh - rounded + aHigh * bLow + aLow * bHigh + aLow * bLow);
}

function upperHalf(value: number): number {
  const moved = value * SPLIT;
  return moved - (moved - value);
}
