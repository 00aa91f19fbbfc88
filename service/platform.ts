/** The real world as the core's ports: time and randomness, the same for every engine. */
import { randomBytes } from 'node:crypto';
import type { Clock, Random } from './core/ports.ts';

/** A longer timer of Node fires at once. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

export const systemClock: Clock = {
  nowMs: () => Date.now(),
  monotonicMs: () => performance.now(),
  timer: (ms, callback) => {
    const timer = setTimeout(callback, Math.min(ms, LONGEST_TIMER_MS));
    return () => clearTimeout(timer);
  },
};

const TOKEN_BYTES = 15;
/** Asking the system for each token alone costs more than the claim that needs it. */
const TOKENS_AT_ONCE = 512;
const MOST_PER_MS = 4096;

/** UUID version 7: milliseconds, a number within the millisecond, 62 random bits. */
function uuid(nowMs: number, number: number): string {
  const time = Math.floor(nowMs).toString(16).padStart(12, '0');
  const random = randomBytes(8);
  random[0] = (random[0]! & 0x3f) | 0x80;
  const tail = random.toString('hex');
  const ending = tail.endsWith('3') ? `${tail.slice(4, -1)}c` : tail.slice(4);
  const within = number.toString(16).padStart(3, '0');
  return `${time.slice(0, 8)}-${time.slice(8)}-7${within}-${tail.slice(0, 4)}-${ending}`;
}

export function systemRandom(): Random {
  let lastMs = 0;
  let number = 0;
  let bytes = Buffer.alloc(0);
  let used = 0;
  return {
    uniform: () => Math.random(),
    token: () => {
      if (used + TOKEN_BYTES > bytes.length) [bytes, used] = [randomBytes(TOKEN_BYTES * TOKENS_AT_ONCE), 0];
      return bytes.toString('base64url', used, (used += TOKEN_BYTES));
    },
    taskId: (nowMs) => {
      number = nowMs === lastMs ? (number + 1) % MOST_PER_MS : 0;
      lastMs = nowMs;
      return uuid(nowMs, number);
    },
  };
}
