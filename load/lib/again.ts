/** Asks again what may succeed later, as the contract says: after Retry-After, or a jittered wait that grows; never for ever. */
import { sleep } from 'k6';
import { Counter } from 'k6/metrics';
import type { Answer } from './client.ts';

/** By `why`, the code of the problem or the status. */
export const askedAgain = new Counter('asked_again');

const WAIT = { baseS: 0.1, capS: 2 };

/** A request that got no answer may have been done: only what may be done twice is asked again. */
const mayHelp = (answer: Answer<unknown>): boolean =>
  !answer.ok && (answer.problem?.retryable ?? (answer.status === 0 || answer.status >= 500));

export const codeOf = (answer: Answer<unknown>): string =>
  'problem' in answer && answer.problem ? answer.problem.code : String(answer.status);

/** The first answer that another try would not change, or the last one when the time is over. */
export function persistently<Body>(ask: () => Answer<Body>, withinSeconds: number): Answer<Body> {
  const untilMs = Date.now() + withinSeconds * 1_000;
  for (let tries = 0; ; tries += 1) {
    const answer = ask();
    const waitS = Math.max(answer.retryAfterSeconds, Math.random() * Math.min(WAIT.capS, WAIT.baseS * 2 ** tries));
    if (!mayHelp(answer) || Date.now() + waitS * 1_000 > untilMs) return answer;
    askedAgain.add(1, { why: codeOf(answer) });
    sleep(waitS);
  }
}
