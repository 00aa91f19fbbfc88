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

export function page({ content, contentType, policy = QUIET }: Shown): Page {
  const tag = `"${createHash('sha256').update(content).digest('base64url').slice(0, 22)}"`;
  return (call) => {
    const headers = {
      ...securityHeaders(call.requestId),
      'Content-Type': contentType,
      'Cache-Control': 'no-cache',
      'Content-Security-Policy': policy,
      ETag: tag,
    };
    if (isHeld(call.header('if-none-match'), tag)) return new Response(null, { status: 304, headers });
    return new Response(content, { status: 200, headers });
  };
}

/** See RFC 9110, 13.1.2: a list of tags or `*`, compared without regard to their weakness. */
function isHeld(sent: string | undefined, tag: string): boolean {
  if (sent === undefined) return false;
  return sent.trim() === '*' || sent.split(',').some((each) => each.trim().replace(/^W\//, '') === tag);
}
