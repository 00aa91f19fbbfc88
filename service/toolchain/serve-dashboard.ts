// npm run dashboard -- --api <url> [--live <url>] [--port n]: the built dashboard on this machine, before a Holdfast that is
// elsewhere, such as a stage on AWS, with the documentation that its links lead to. Its pages may ask that API and its live
// channel, and nothing else.
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { Call, pathOf } from '../http/call.ts';
import type { Elsewhere } from '../http/dashboard.ts';
import { isView, VIEWS } from '../http/dashboard.ts';
import { installedSwaggerUi } from '../http/docs/swagger-ui.ts';
import type { Page } from '../http/page.ts';
import { pages } from '../http/pages.ts';
import { readInstallation } from '../installation.ts';

const USAGE = 'npm run dashboard -- --api https://<api> [--live wss://<live>] [--port 4080]';
const BUILD = join(import.meta.dirname, '..', '..', 'web', 'build');
const ADDRESS = '127.0.0.1';

/** A sentence for whoever starts it. */
export class UnusableOptions extends Error {
  override readonly name = 'UnusableOptions';
}

export interface Wanted {
  readonly place: Elsewhere;
  readonly port: number;
}

/** Throws UnusableOptions. Without `--live` that channel is where the API is, as on one machine. */
export function wantedBy(args: readonly string[]): Wanted {
  const { api, live, port } = valuesOf(args);
  if (api === undefined) throw new UnusableOptions(`Say where the API is: ${USAGE}`);
  const origin = originOf('--api', api, /^https?:$/);
  const place = {
    api: origin,
    live: live === undefined ? origin.replace(/^http/, 'ws') : originOf('--live', live, /^wss?:$/),
  };
  if (!/^\d{1,5}$/.test(port) || Number(port) > 65_535) throw new UnusableOptions('--port must be from 0 to 65535.');
  return { place, port: Number(port) };
}

function valuesOf(args: readonly string[]): { readonly api?: string; readonly live?: string; readonly port: string } {
  const text = { type: 'string' } as const;
  try {
    const { values } = parseArgs({ args: [...args], options: { api: text, live: text, port: text } });
    return { port: '4080', ...values };
  } catch (error) {
    throw new UnusableOptions(`${(error as Error).message}\n${USAGE}`);
  }
}

function originOf(option: string, text: string, scheme: RegExp): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url !== undefined && scheme.test(url.protocol) && url.username + url.password === '')
    return `${url.protocol}//${url.host}`;
  throw new UnusableOptions(
    `${option} must be a URL such as ${option === '--api' ? 'https' : 'wss'}://holdfast.example.com.`,
  );
}

/** On loopback. The folder holds a build of the dashboard. Throws UnusableOptions where the port cannot be had. */
export async function serveDashboard({ place, port }: Wanted, folder = BUILD): Promise<Server> {
  const { openapi, asyncapi } = await readInstallation(undefined);
  const shown = pages({ openapi, asyncapi, swaggerUi: installedSwaggerUi(), dashboard: folder, elsewhere: place });
  const answerTo = async (incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> => {
    const response = isFromHere(incoming) ? responseTo(incoming, shown) : NOT_FOUND();
    outgoing.writeHead(response.status, Object.fromEntries(response.headers));
    outgoing.end(Buffer.from(await response.arrayBuffer()));
  };
  const server = createServer((incoming, outgoing) => void answerTo(incoming, outgoing));
  server.listen(port, ADDRESS);
  try {
    await once(server, 'listening');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new UnusableOptions(`Port ${port} cannot be opened (${code}). Name another one: --port 4081.`, {
      cause: error,
    });
  }
  return server;
}

const NOT_FOUND = (): Response => new Response(null, { status: 404 });

function responseTo(incoming: IncomingMessage, shown: ReadonlyMap<string, Page>): Response {
  const path = pathOf(incoming.url ?? '/');
  const page = shown.get(path) ?? (isView(path) ? shown.get(VIEWS) : undefined);
  const request = new Request(new URL(`http://${ADDRESS}`));
  return page === undefined ? NOT_FOUND() : page(new Call(request, incoming, randomUUID));
}

/** Another name for this machine is a page of somebody else that has found it. */
const isFromHere = ({ headers, method }: IncomingMessage): boolean =>
  method === 'GET' && /^(?:127\.0\.0\.1|localhost)(?::\d+)?$/.test(headers.host ?? '');

if (import.meta.main) {
  try {
    const wanted = wantedBy(process.argv.slice(2));
    const { port } = (await serveDashboard(wanted)).address() as AddressInfo;
    const origin = `http://${ADDRESS}:${port}`;
    console.log(`The dashboard of ${wanted.place.api} is at ${origin}/app\nIts CORS_ORIGINS must name ${origin}`);
  } catch (error) {
    if (!(error instanceof UnusableOptions)) throw error;
    console.error(error.message);
    process.exitCode = 1;
  }
}
