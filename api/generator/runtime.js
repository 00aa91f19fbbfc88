// What the generated validators share at run time. bundle.ts puts it into each file that needs it.

const MAX_FAULTS = 20;
const SMALL = 2000;

/**
 * Decides with the quick validator, which stops at the first fault, and only then looks for the others: looking for all faults
 * of a large hostile body takes a thousand times as long, so a value of many parts gets its first fault only.
 */
export function thorough(quick, all) {
  function check(value) {
    const valid = quick(value);
    check.errors = valid ? null : quick.errors;
    if (!valid && partsLeft(value, SMALL) > 0) {
      all(value);
      check.errors = all.errors.slice(0, MAX_FAULTS);
    }
    return valid;
  }
  return check;
}

/** What is left of a budget of parts after counting those of the value; stops when it is used up. */
function partsLeft(value, budget) {
  let left = budget - 1;
  if (typeof value !== 'object' || value === null) return left;
  for (const key in value) {
    if (left <= 0) return 0;
    left = partsLeft(value[key], left);
  }
  return left;
}

const DECIMAL = /^(?:0|-?[1-9][0-9]{0,14})$/;

/**
 * Reads parameters before they are checked: decimal text becomes a number, what is absent its default. Stricter than ajv's
 * coercion, which takes " 5", 0x10 and 1e1 for integers.
 */
export function reading(validate, { integers, defaults }) {
  function check(value) {
    for (const name of integers) {
      if (typeof value[name] === 'string' && DECIMAL.test(value[name])) value[name] = Number(value[name]);
    }
    for (const name in defaults) value[name] ??= defaults[name];
    const valid = validate(value);
    check.errors = validate.errors;
    return valid;
  }
  return check;
}

/** Length in characters, not UTF-16 units. ajv's own carries a `require` in a string. */
export function ucs2length(text) {
  let length = text.length;
  for (let i = 0; i < text.length - 1; i++) {
    if ((text.charCodeAt(i) & 0xfc00) === 0xd800 && (text.charCodeAt(i + 1) & 0xfc00) === 0xdc00) {
      length--;
      i++;
    }
  }
  return length;
}
