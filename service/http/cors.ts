/** What pages of other origins may do: nothing, unless CORS_ORIGINS names their origin exactly. */
import { operations } from '@holdfast/api/operations';

/** How long a browser may keep what a preflight was answered, in seconds. */
const MAX_AGE = '3600';

const ASKED_HEADERS = new Set([
  'authorization',
  'content-type',
  'x-request-id',
  'traceparent',
  ...Object.values(operations).flatMap(({ headerNames }) => headerNames),
]);

const SHOWN: Readonly<Record<string, string>> = {
  'Access-Control-Expose-Headers':
    'Location, ETag, Link, RateLimit, RateLimit-Policy, Retry-After, WWW-Authenticate, X-Request-Id',
};

const PREFLIGHT: Readonly<Record<string, string>> = {
  'Access-Control-Allow-Headers': [...ASKED_HEADERS].sort().join(', '),
  'Access-Control-Max-Age': MAX_AGE,
};

/** The answer as a page of this origin may read it. */
export function shownTo(origin: string, response: Response): Response {
  response.headers.set('Access-Control-Allow-Origin', origin);
  response.headers.append('Vary', 'Origin');
  for (const name in SHOWN) response.headers.set(name, SHOWN[name]!);
  return response;
}

/** What a preflight learns beside that; `allowed` as in `Allow`. */
export const preflightHeaders = (allowed: string): Record<string, string> => ({
  ...PREFLIGHT,
  'Access-Control-Allow-Methods': allowed,
});
