/**
 * $connect: whoever brings a ticket that nobody has used, from a page that may, gets a connection; it says nothing before the
 * client does. Every refusal is the problem that one machine answers with; of it API Gateway hands on the status.
 */
import type { APIGatewayProxyStructuredResultV2, APIGatewayProxyWebsocketEventV2 } from 'aws-lambda';
import type { Ports } from '../core/ports.ts';
import { Refusal } from '../core/refusal.ts';
import type { Identity } from '../http/identity/identity.ts';
import { PROTOCOL } from '../http/live-operations.ts';
import { headersOf, noteFault, problemOf, refusalOf } from '../http/problems.ts';
import { redeemTicket, unauthenticated } from '../http/tickets.ts';
import { ticketOffered } from '../live/handshake.ts';
import type { Connections } from './connections.ts';
import { openIdentity } from './identity.ts';
import { lazily } from './invocation.ts';
import { openLive } from './open-live.ts';

export interface ConnectEvent extends APIGatewayProxyWebsocketEventV2 {
  /** As the client wrote their names. */
  readonly headers?: Readonly<Record<string, string | undefined>>;
}

export interface ConnectParts {
  readonly ports: Pick<Ports, 'keyValue' | 'clock' | 'random' | 'log'>;
  readonly identity: Pick<Identity, 'stands'>;
  readonly connections: Connections;
  /** Pages that may connect; what is no page sends no Origin. */
  readonly origins: ReadonlySet<string>;
}

export type Connect = (event: ConnectEvent) => Promise<APIGatewayProxyStructuredResultV2>;

/** A repeated delivery is refused: its ticket is used. */
export const createConnect =
  (parts: ConnectParts): Connect =>
  async (event) => {
    const { requestId } = event.requestContext;
    try {
      await admit(event, parts);
      return { statusCode: 200, headers: { 'Sec-WebSocket-Protocol': PROTOCOL } };
    } catch (error) {
      noteFault(parts.ports.log, { error, requestId, operation: 'live' });
      const refusal = refusalOf(error);
      const problem = problemOf(refusal, requestId);
      const headers = { ...headersOf(refusal), 'Content-Type': 'application/problem+json', 'X-Request-Id': requestId };
      return { statusCode: problem.status, headers, body: JSON.stringify(problem) };
    }
  };

async function admit(event: ConnectEvent, { ports, identity, connections, origins }: ConnectParts): Promise<void> {
  const origin = headerOf(event, 'origin');
  if (origin !== undefined && !origins.has(origin)) {
    throw new Refusal('forbidden-origin', 'Pages of this origin may not connect; CORS_ORIGINS names those that may.');
  }
  if (Object.keys(event.queryStringParameters ?? {}).length > 0) {
    throw new Refusal('unknown-parameter', 'This path takes no parameters.');
  }
  const ticket = ticketOffered(headerOf(event, 'sec-websocket-protocol'));
  const principal = await redeemTicket(ports, ticket);
  if (!(await identity.stands(principal))) throw unauthenticated();
  await connections.join({ id: event.requestContext.connectionId, principal });
}

/** `name` in lower case. */
function headerOf({ headers = {} }: ConnectEvent, name: string): string | undefined {
  const found = Object.keys(headers).find((each) => each.toLowerCase() === name);
  return found === undefined ? undefined : headers[found];
}

const opened = lazily(() => {
  const { settings, connections, ...ports } = openLive([]);
  const origins = new Set(settings.corsOrigins);
  return Promise.resolve(
    createConnect({ ports, identity: openIdentity(settings, ports).identity, connections, origins }),
  );
});

export const handler: Connect = async (event) => (await opened())(event);
