/**
 * One attempt: message, addresses, exchange, meaning. Only a 2xx is a result; all else is thrown as a failure that says its class. It
 * may run again after the receiver has acted: Idempotency-Key and webhook-id are the same then.
 */
import { TaskFailure } from '@holdfast/api/handler';
import type { HttpRequestResult } from '@holdfast/api/types';
import type { AllowRule } from './allow-list.ts';
import { brokenExchange, failureOf, MOST_READ_BYTES, resultOf, textOf } from './answer.ts';
import type { Resolve } from './egress.ts';
import { judgedAddresses } from './egress.ts';
import type { Input, Message } from './message.ts';
import { messageOf } from './message.ts';
import type { SecretsOf } from './secrets.ts';
import type { Answer, Connect } from './send.ts';
import { send, unlessAborted } from './send.ts';

export interface Outside {
  readonly resolve: Resolve;
  readonly connect: Connect;
  readonly allow: readonly AllowRule[];
  readonly secretsOf: SecretsOf;
  /** Epoch milliseconds. */
  readonly now: () => number;
}

const STANDARD_TIMEOUT_SECONDS = 30;
const MOST_SHOWN_CHARS = 1_000;

export async function deliver(input: Input, outside: Outside): Promise<HttpRequestResult> {
  const { secretsOf, allow, now } = outside;
  const secrets = secretsOf(input.tenant);
  const startedMs = now();
  const message = messageOf(input, { secrets, allow, atMs: startedMs });
  const answer = await exchanged(message, input, outside);
  const nowMs = now();
  if (answer.status >= 200 && answer.status < 300) return resultOf(answer, { secrets, durationMs: nowMs - startedMs });
  const { text } = textOf(answer, secrets);
  if (text !== '') input.log.error(`The answer begins: ${text.slice(0, MOST_SHOWN_CHARS)}`);
  throw failureOf(answer, { host: message.url.host, nowMs });
}

/** Throws TaskFailure: of class TIMEOUT, of what broke, or of the egress rules. */
async function exchanged(message: Message, input: Input, outside: Outside): Promise<Answer> {
  const { timeoutSeconds = STANDARD_TIMEOUT_SECONDS } = input.payload;
  const { resolve, connect, allow } = outside;
  const { host } = message.url;
  const late = new AbortController();
  // Not AbortSignal.timeout: thousands of those would wait on long after their requests.
  const timer = setTimeout(() => late.abort(), timeoutSeconds * 1_000);
  const signal = AbortSignal.any([input.signal, late.signal]);
  try {
    const egress = { allow, resolve: (name: string) => unlessAborted(resolve(name), signal) };
    const addresses = await judgedAddresses(message.url, egress);
    return await send(message, { addresses, connect, signal, mostBytes: MOST_READ_BYTES });
  } catch (error) {
    if (!late.signal.aborted || input.signal.aborted) throw brokenExchange(error, host);
    const text = `${host} did not answer in full within ${timeoutSeconds} s.`;
    throw new TaskFailure(text, { class: 'TIMEOUT', code: 'time-out' });
  } finally {
    clearTimeout(timer);
  }
}
