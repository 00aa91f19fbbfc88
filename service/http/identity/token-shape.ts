/**
 * What a token must look like before anything is spent on it: three parts, written in the one way that stands for their
 * bytes, with a header that asks for an asymmetric signature and for nothing we would have to understand.
 */
import type { JWSHeaderParameters } from 'jose';

/** No symmetric ones: whoever has the public key of the issuer could sign with it. */
export const ALGORITHMS = [
  ...['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512'],
  ...['ES256', 'ES384', 'ES512', 'EdDSA', 'Ed25519'],
];
export const MOST_TOKEN_CHARS = 8_192;
const THREE_PARTS = /^[\w-]+\.[\w-]+\.[\w-]+$/;
/** RFC 9068 and what was before it; not tokens that the issuer signs for another use, such as `logout+jwt`. */
const TYPES = /^(?:application\/)?(?:at\+)?jwt$/i;

/** Undefined: no token that may be judged. */
export function headerOf(token: string): JWSHeaderParameters | undefined {
  if (token.length > MOST_TOKEN_CHARS || !THREE_PARTS.test(token)) return undefined;
  const parts = token.split('.');
  if (!parts.every(isExact)) return undefined;
  const header = objectIn(parts[0]!);
  return header !== undefined && isAcceptable(header) ? header : undefined;
}

/** Bits that the last letter has to spare would let one signature be written in several ways. */
const isExact = (part: string): boolean => Buffer.from(part, 'base64url').toString('base64url') === part;

function objectIn(part: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(Buffer.from(part, 'base64url').toString('utf8'));
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined; // no JSON: sent by whoever asks
  }
}

/** A key or an address that it brings along (`jwk`, `jku`, `x5c`, `x5u`) is looked at by nobody. */
function isAcceptable({ alg, kid, typ, crit, b64 }: Record<string, unknown>): boolean {
  if (typeof alg !== 'string' || !ALGORITHMS.includes(alg)) return false;
  if (kid !== undefined && typeof kid !== 'string') return false;
  if (typ !== undefined && (typeof typ !== 'string' || !TYPES.test(typ))) return false;
  return crit === undefined && b64 === undefined;
}
