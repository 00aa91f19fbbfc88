/** What the server shows beside the operations: first steps, documentation, the contracts. All of it is made once. */
import type { Elsewhere } from './dashboard.ts';
import { dashboardPages } from './dashboard.ts';
import { FIRST_PAGE, FIRST_STEPS } from './docs/first-page.ts';
import type { LiveContract } from './docs/live-page.ts';
import { livePage } from './docs/live-page.ts';
import { PROBLEMS_PAGE } from './docs/problems-page.ts';
import { STYLE } from './docs/style.ts';
import { swaggerUiPages } from './docs/swagger-ui.ts';
import type { Page } from './page.ts';
import { CSS, HTML, page, redirect } from './page.ts';

export interface Documentation {
  /** The contract of this installation, as `/openapi.json` shows it. */
  readonly openapi: string;
  /** The contract of its live channel, as `/asyncapi.json` shows it. */
  readonly asyncapi: string;
  /** The folder with the files of the Swagger UI. */
  readonly swaggerUi: string;
  /** The folder with the built dashboard; undefined where none was built. */
  readonly dashboard?: string | undefined;
  /** Where the API is, when it is not where these pages come from. */
  readonly elsewhere?: Elsewhere;
}

/** By path. */
export function pages({
  openapi,
  asyncapi,
  swaggerUi,
  dashboard,
  elsewhere,
}: Documentation): ReadonlyMap<string, Page> {
  return new Map<string, Page>([
    ['/', redirect(dashboard === undefined ? FIRST_STEPS : '/app')],
    [FIRST_STEPS, elsewhere ? page({ content: withApi(FIRST_PAGE, elsewhere.api), contentType: HTML }) : firstPage],
    ['/style.css', page({ content: STYLE, contentType: CSS })],
    [
      '/openapi.json',
      page({ content: elsewhere ? servedAt(openapi, elsewhere.api) : openapi, contentType: 'application/json' }),
    ],
    ['/asyncapi.json', page({ content: asyncapi, contentType: 'application/json' })],
    ['/docs/live', page({ content: livePage(JSON.parse(asyncapi) as LiveContract), contentType: HTML })],
    ['/docs/problems', page({ content: PROBLEMS_PAGE, contentType: HTML })],
    ...(dashboard === undefined ? [] : dashboardPages(dashboard, elsewhere)),
    ...swaggerUiPages(swaggerUi, elsewhere?.api).map(([path, shown]) => [path, page(shown)] as const),
  ]);
}

/** The commands of the page work as they stand also on another port. */
const firstPage: Page = (call) => page({ content: withHost(FIRST_PAGE, call.host), contentType: HTML })(call);

const withApi = (text: string, api: string): string => text.replaceAll(/(?:http:\/\/)?localhost:4000/g, () => api);

const servedAt = (openapi: string, api: string): string =>
  JSON.stringify({ ...(JSON.parse(openapi) as object), servers: [{ url: api }] });

const withHost = (text: string, host: string): string =>
  /^[\w.:[\]-]+$/.test(host) ? text.replaceAll('localhost:4000', host) : text;
