/** The built dashboard and the documentation beside the API, in place of a static host. */
import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { Call } from '../../http/call.ts';
import { dashboardPages, isView, VIEWS } from '../../http/dashboard.ts';
import { installedSwaggerUi } from '../../http/docs/swagger-ui.ts';
import type { Page } from '../../http/page.ts';
import { pages } from '../../http/pages.ts';
import { send } from './http-front.ts';
import type { TwinOptions } from './options.ts';

export type DashboardHost = (incoming: IncomingMessage, outgoing: ServerResponse) => Promise<boolean>;

function pagesOf({ dashboard, contracts }: Pick<TwinOptions, 'dashboard' | 'contracts'>): ReadonlyMap<string, Page> {
  if (contracts !== undefined) return pages({ ...contracts, swaggerUi: installedSwaggerUi(), dashboard });
  return new Map(dashboard === undefined ? [] : dashboardPages(dashboard));
}

/** Answers whether the request was for a page. */
export function hostDashboard(options: Pick<TwinOptions, 'dashboard' | 'contracts'>): DashboardHost {
  const folder = options.dashboard;
  const shown = pagesOf(options);
  return async (incoming, outgoing) => {
    const path = (incoming.url ?? '/').split('?')[0]!;
    if (path === '/' && folder !== undefined) {
      send(outgoing, { status: 302, headers: { location: '/app' }, body: Buffer.alloc(0) });
      return true;
    }
    const page = shown.get(path) ?? (isView(path) ? shown.get(VIEWS) : undefined);
    if (page === undefined || incoming.method !== 'GET') return false;
    const response = page(new Call(new Request(`http://localhost${path}`), incoming, randomUUID));
    const body = Buffer.from(await response.arrayBuffer());
    send(outgoing, { status: response.status, headers: Object.fromEntries(response.headers), body });
    return true;
  };
}
