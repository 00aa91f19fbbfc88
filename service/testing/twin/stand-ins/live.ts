/** A conversation: `refuse`, `throw` and `quiet` are asked for by the query of the handshake, or by a message. */
import type { APIGatewayProxyWebsocketEventV2 } from 'aws-lambda';
import { note } from './witness.ts';

interface Handshake extends APIGatewayProxyWebsocketEventV2 {
  readonly headers: Readonly<Record<string, string>>;
  readonly queryStringParameters?: Readonly<Record<string, string>>;
}

export const connect = ({ headers, queryStringParameters = {}, requestContext }: Handshake): unknown => {
  note(`connect ${requestContext.connectionId} ${headers['Origin'] ?? 'from nowhere'}`);
  if ('throw' in queryStringParameters) throw new Error('on purpose');
  if ('refuse' in queryStringParameters) return { statusCode: 401, body: '{"code":"unauthenticated"}' };
  const offered = headers['Sec-Websocket-Protocol'] ?? headers['Sec-WebSocket-Protocol'];
  return { statusCode: 200, ...(offered && { headers: { 'Sec-WebSocket-Protocol': offered.split(',')[0]! } }) };
};

export const disconnect = ({ requestContext }: APIGatewayProxyWebsocketEventV2): unknown => {
  const { connectionId, disconnectStatusCode } = requestContext as {
    connectionId: string;
    disconnectStatusCode?: number;
  };
  note(`disconnect ${connectionId} ${disconnectStatusCode ?? ''}`);
  return { statusCode: 200 };
};

export const message = ({ body, isBase64Encoded, requestContext }: APIGatewayProxyWebsocketEventV2): unknown => {
  if (body === 'throw') throw new Error('on purpose');
  if (body === 'quiet') return { statusCode: 200 };
  return {
    statusCode: 200,
    body: `${requestContext.connectionId} said ${body ?? ''}${isBase64Encoded ? ' in bytes' : ''}`,
  };
};
