/**
 * $disconnect: what is known of a connection is forgotten. API Gateway tells of most ends, not of all: a frame that finds a
 * connection gone, the sweep, and the age of entries do the rest. Again changes nothing.
 */
import type { APIGatewayProxyStructuredResultV2, APIGatewayProxyWebsocketEventV2 } from 'aws-lambda';
import type { Connections } from './connections.ts';
import { lazily } from './invocation.ts';
import { openLive } from './open-live.ts';

export type Disconnect = (event: APIGatewayProxyWebsocketEventV2) => Promise<APIGatewayProxyStructuredResultV2>;

export const createDisconnect =
  ({ connections }: { readonly connections: Connections }): Disconnect =>
  async ({ requestContext }) => {
    await connections.leave(requestContext.connectionId);
    return { statusCode: 200 };
  };

const opened = lazily(() => Promise.resolve(createDisconnect(openLive([]))));

export const handler: Disconnect = async (event) => (await opened())(event);
