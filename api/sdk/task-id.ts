// An id for a submit that was given none: 50 bits of time, so that ids sort by it, and 80 bits of chance. The alphabet has no 3: tasks
// of type simulate whose id ends in 3 fail on purpose.

const ALPHABET = '012456789abcdefghijklmnopqrstuvw';
const TIME_CHARACTERS = 10;
const RANDOM_CHARACTERS = 16;

export function makeTaskId(nowMs: number): string {
  let time = '';
  for (let rest = nowMs, i = 0; i < TIME_CHARACTERS; i++) {
    time = ALPHABET[rest % 32]! + time;
    rest = Math.floor(rest / 32);
  }
  const bytes = crypto.getRandomValues(new Uint8Array(RANDOM_CHARACTERS));
  return bytes.reduce((id, byte) => id + ALPHABET[byte % 32]!, time);
}
