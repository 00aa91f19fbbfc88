/** The token of an Authorization header: one header, `Bearer` in any case, and nothing else in it (RFC 6750, 2.1). */
import type { Call } from '../call.ts';

const LONGEST = 8_192;
const BEARER = /^bearer +([\w.~+/-]+=*)$/i;

/** Undefined when what was sent is none. `header` is what stands in Authorization. */
export function bearerIn(call: Call, header: string): string | undefined {
  if (header.length > LONGEST || call.isRepeated('authorization')) return undefined;
  return BEARER.exec(header)?.[1];
}
