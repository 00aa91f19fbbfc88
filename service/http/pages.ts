/** What the server shows beside the operations: a first page, its style, and the contract. Nothing here is computed. */
import type { Call } from './call.ts';
import { securityHeaders } from './answers.ts';
import { FIRST_PAGE, STYLE } from './first-page.ts';

/** The page runs nothing and loads nothing but its own style. */
const POLICY =
  "default-src 'none'; style-src 'self'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

type Page = (call: Call) => Response;

export interface Contracts {
  readonly openapi: string;
  readonly asyncapi: string;
}

export function pages({ openapi, asyncapi }: Contracts): readonly (readonly [string, Page])[] {
  return [
    ['/', (call) => page(withHost(FIRST_PAGE, call.host), 'text/html; charset=utf-8')(call)],
    ['/style.css', page(STYLE, 'text/css; charset=utf-8')],
    ['/openapi.json', page(openapi, 'application/json')],
    ['/asyncapi.json', page(asyncapi, 'application/json')],
  ];
}

/** The commands of the page work as they stand also on another port. */
const withHost = (text: string, host: string): string =>
  /^[\w.:[\]-]+$/.test(host) ? text.replaceAll('localhost:4000', host) : text;

const page =
  (text: string, contentType: string): Page =>
  ({ requestId }) =>
    new Response(text, {
      status: 200,
      headers: {
        ...securityHeaders(requestId),
        'Content-Type': contentType,
        'Cache-Control': 'no-cache',
        'Content-Security-Policy': POLICY,
        'Referrer-Policy': 'no-referrer',
      },
    });
