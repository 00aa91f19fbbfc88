/**
 * Signs a request by Standard Webhooks: HMAC-SHA256 over id, time and the very bytes that are sent.
 * https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md
 */
import { createHmac } from 'node:crypto';
import { unusable } from './secrets.ts';

const SECRET = /^whsec_([A-Za-z0-9+/]+={0,2})$/;
const FEWEST_BYTES = 24;
const MOST_BYTES = 64;

export interface Unsigned {
  /** The same over retries, by which a receiver knows a repetition. */
  readonly id: string;
  readonly atMs: number;
  readonly body: Buffer;
}

/** `secret`: its name and value. Throws TaskFailure `secret-unusable`. */
export function signatureHeaders(
  { id, atMs, body }: Unsigned,
  secret: { readonly name: string; readonly value: string },
): Readonly<Record<string, string>> {
  const seconds = String(Math.floor(atMs / 1_000));
  const signature = createHmac('sha256', keyOf(secret)).update(`${id}.${seconds}.`).update(body).digest('base64');
  return { 'webhook-id': id, 'webhook-timestamp': seconds, 'webhook-signature': `v1,${signature}` };
}

function keyOf({ name, value }: { readonly name: string; readonly value: string }): Buffer {
  const key = Buffer.from(SECRET.exec(value)?.[1] ?? '', 'base64');
  if (key.length >= FEWEST_BYTES && key.length <= MOST_BYTES) return key;
  throw unusable(name, `to sign, it must be whsec_ and ${FEWEST_BYTES} to ${MOST_BYTES} bytes in base64`);
}
