/**
 * One page or file that the server shows: bytes that are ready before anybody asks, under a policy that says all a
 * browser may do with them. A client keeps what it got and asks whether it still holds.
 */
import { createHash } from 'node:crypto';
import { securityHeaders } from './answers.ts';
import type { Call } from './call.ts';

export type Page = (call: Call) => Response;

export interface Shown {
  readonly content: string | Uint8Array<ArrayBuffer>;
  readonly contentType: string;
  /** The same content, packed before. */
  readonly br?: Uint8Array<ArrayBuffer> | undefined;
  readonly gzip?: Uint8Array<ArrayBuffer> | undefined;
  /** Its path names its content: nobody needs to ask again. */
  readonly isForever?: boolean;
  /** Content-Security-Policy; without it nothing runs and nothing but the style and images of this server loads. */
  readonly policy?: string;
}

export const HTML = 'text/html; charset=utf-8';
export const CSS = 'text/css; charset=utf-8';
export const SCRIPT = 'text/javascript; charset=utf-8';

const ALWAYS = "base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
const QUIET = policy("default-src 'none'; style-src 'self'; img-src 'self' data:");

export function policy(directives: string): string {
  return `${directives}; ${ALWAYS}`;
}

export function page({ content, contentType, br, gzip, isForever = false, policy = QUIET }: Shown): Page {
  const tag = createHash('sha256').update(content).digest('base64url').slice(0, 22);
  const isPacked = br !== undefined || gzip !== undefined;
  return (call) => {
    const encoding = isPacked ? encodingFor(call.header('accept-encoding') ?? '', { br, gzip }) : undefined;
    const ownTag = `"${tag}${encoding === undefined ? '' : `-${encoding}`}"`;
    const headers = {
      ...securityHeaders(call.requestId),
      'Content-Type': contentType,
      'Cache-Control': isForever ? 'public, max-age=31536000, immutable' : 'no-cache',
      'Content-Security-Policy': policy,
      ETag: ownTag,
      ...(isPacked && { Vary: 'Accept-Encoding' }),
      ...(encoding && { 'Content-Encoding': encoding }),
    };
    if (isHeld(call.header('if-none-match'), ownTag)) return new Response(null, { status: 304, headers });
    const packed = { br, gzip };
    return new Response(encoding === undefined ? content : packed[encoding]!, { status: 200, headers });
  };
}

/** A page that has moved, or a short name of another. */
export function redirect(to: string): Page {
  return (call) => new Response(null, { status: 302, headers: { ...securityHeaders(call.requestId), Location: to } });
}

type Packed = Pick<Shown, 'br' | 'gzip'>;

/** The smallest that the client takes; undefined when it takes none. Weights other than 0 are not compared. */
function encodingFor(accepted: string, packed: Packed): 'br' | 'gzip' | undefined {
  const taken = new Set(
    accepted
      .split(',')
      .filter((each) => !/;\s*q=0(?:\.0*)?\s*$/.test(each))
      .map((each) => each.replace(/;.*/, '').trim().toLowerCase()),
  );
  return (['br', 'gzip'] as const).find((encoding) => taken.has(encoding) && packed[encoding] !== undefined);
}

/** See RFC 9110, 13.1.2: a list of tags or `*`, compared without regard to their weakness. */
function isHeld(sent: string | undefined, tag: string): boolean {
  if (sent === undefined) return false;
  return sent.trim() === '*' || sent.split(',').some((each) => each.trim().replace(/^W\//, '') === tag);
}
