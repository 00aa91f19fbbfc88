/**
 * JSON from the issuer of tokens: one GET that follows no redirect, reads no more than it may and ends in time. Failing is a
 * value: a word for the log, never what was answered.
 */
import type { Clock } from '../../core/ports.ts';
import { SECOND } from '../../core/rules.ts';

const WITHIN_MS = 5 * SECOND;
/** Certificates beside the keys included, real key sets have a tenth of it. */
const MOST_BYTES = 256 * 1024;

export type Fetched = { readonly value: unknown } | { readonly failed: string };

export async function fetchJson(url: string, clock: Pick<Clock, 'timer'>): Promise<Fetched> {
  const ending = new AbortController();
  const stopTimer = clock.timer(WITHIN_MS, () => ending.abort());
  try {
    const headers = { Accept: 'application/json' };
    const response = await fetch(url, { headers, redirect: 'manual', signal: ending.signal });
    if (response.status !== 200) {
      await response.body?.cancel();
      return { failed: `status-${response.status}` };
    }
    const text = await textOf(response, ending);
    return text === undefined ? { failed: 'too-large' } : parsed(text);
  } catch (error) {
    return { failed: ending.signal.aborted ? 'no-answer-in-time' : reasonOf(error) };
  } finally {
    stopTimer();
  }
}

/** Of whatever the network did the code, such as ECONNREFUSED or CERT_HAS_EXPIRED. */
function reasonOf(error: unknown): string {
  const { code } = Object((error as Error).cause) as { code?: unknown };
  return typeof code === 'string' && /^[A-Z][A-Z0-9_]{2,40}$/.test(code) ? code : 'no-answer';
}

/** Undefined when it is too large: then the rest is not read. */
async function textOf({ body }: Response, ending: AbortController): Promise<string | undefined> {
  const chunks: Uint8Array[] = [];
  let sizeBytes = 0;
  for await (const chunk of (body ?? []) as AsyncIterable<Uint8Array>) {
    sizeBytes += chunk.length;
    if (sizeBytes > MOST_BYTES) {
      ending.abort();
      return undefined;
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function parsed(text: string): Fetched {
  try {
    return { value: JSON.parse(text) as unknown };
  } catch {
    return { failed: 'not-json' };
  }
}
