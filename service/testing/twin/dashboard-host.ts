/** The built dashboard beside the API, in place of a static host. */
import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { Call } from '../../http/call.ts';
import { dashboardPages, isView, VIEWS } from '../../http/dashboard.ts';
import type { Page } from '../../http/page.ts';
import { send } from './http-front.ts';

export type DashboardHost = (incoming: IncomingMessage, outgoing: ServerResponse) => Promise<boolean>;

/** Answers whether the request was for the dashboard. Undefined folder: there is none. */
export function hostDashboard(folder: string | undefined): DashboardHost {
  const pages = new Map<string, Page>(folder === undefined ? [] : dashboardPages(folder));
  return async (incoming, outgoing) => {
    const path = (incoming.url ?? '/').split('?')[0]!;
    if (path === '/' && folder !== undefined) {
      send(outgoing, { status: 302, headers: { location: '/app' }, body: Buffer.alloc(0) });
      return true;
    }
    const page = pages.get(path) ?? (isView(path) ? pages.get(VIEWS) : undefined);
    if (page === undefined || incoming.method !== 'GET') return false;
    const response = page(new Call(new Request(`http://localhost${path}`), incoming, randomUUID));
    const body = Buffer.from(await response.arrayBuffer());
    send(outgoing, { status: response.status, headers: Object.fromEntries(response.headers), body });
    return true;
  };
}
