/**
 * Frames for live connections, over the management interface of API Gateway. Whatever it answers is a value: a viewer that
 * is gone, or too slow, is no fault of whoever has news for it.
 */
import type { ApiGatewayManagementApiClient } from '@aws-sdk/client-apigatewaymanagementapi';
import { DeleteConnectionCommand, PostToConnectionCommand } from '@aws-sdk/client-apigatewaymanagementapi';
import type { Gateway, Posted } from './gateway.ts';

/**
 * One frame. A message may have 128 KB in several of them, but what is larger in one ends the connection with 1009.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-execution-service-websocket-limits-table.html
 */
const FRAME_BYTES = 32_768;
/** One connection that gives no answer must not keep the others waiting. */
const ANSWER_WITHIN_MS = 3_000;

const OUTCOMES: Readonly<Record<number, Posted>> = { 410: 'gone', 429: 'throttled' };

export interface SdkGatewayOptions {
  /** Its endpoint is the callback URL of the WebSocket API. */
  readonly client: ApiGatewayManagementApiClient;
  /** For one call, over all tries. */
  readonly withinMs?: number;
}

export function openGateway({ client, withinMs = ANSWER_WITHIN_MS }: SdkGatewayOptions): Gateway {
  const soon = () => ({ abortSignal: AbortSignal.timeout(withinMs) });
  return {
    post: (ConnectionId, frame) => {
      if (frame.length > FRAME_BYTES) return Promise.resolve('failed');
      const command = new PostToConnectionCommand({ ConnectionId, Data: frame });
      return client.send(command, soon()).then(() => 'sent', outcomeOf);
    },
    close: async (ConnectionId) => {
      const command = new DeleteConnectionCommand({ ConnectionId });
      const outcome = await client.send(command, soon()).then(() => 'gone', outcomeOf);
      return outcome === 'gone' ? 'closed' : 'failed';
    },
  };
}

/** By status: the service names the same thing in more than one way (LimitExceededException, TooManyRequestsException). */
function outcomeOf(error: unknown): Posted {
  const status = (error as { $metadata?: { httpStatusCode?: number } } | null)?.$metadata?.httpStatusCode;
  return OUTCOMES[status ?? 0] ?? 'failed';
}
