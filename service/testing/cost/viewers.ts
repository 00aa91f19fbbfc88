/**
 * Those who look on, as the dashboard does: each takes a ticket, connects, follows all tasks of the tenant, and pings as it is
 * told to. What a run needs of them comes in; what they cost is in the meter.
 */
import type { APIGatewayProxyWebsocketEventV2 } from 'aws-lambda';
import type { Cloud } from './cloud.ts';
import type { Functions } from './functions.ts';

export const TENANT = 'acme';
/** As the welcome says. */
const PING_EVERY_MS = 240_000;

/** One request of a client. Returns the status and the body. */
export type Request = (method: string, path: string, body?: unknown) => Promise<{ status: number; body: string }>;

interface Seating extends Pick<Cloud, 'front'> {
  readonly functions: Pick<Functions, 'connect' | 'disconnect' | 'message'>;
  readonly request: Request;
}

const nameOf = (viewer: number): string => `viewer-${viewer}=`;

const eventOf = (viewer: number, more: object = {}): APIGatewayProxyWebsocketEventV2 =>
  ({
    requestContext: { connectionId: nameOf(viewer), requestId: 'cost' },
    isBase64Encoded: false,
    ...more,
  }) as APIGatewayProxyWebsocketEventV2;

export async function seatViewers(stage: Seating, viewers: number): Promise<void> {
  for (let viewer = 0; viewer < viewers; viewer += 1) {
    const { body } = await stage.request('POST', '/live-tickets');
    const { ticket } = JSON.parse(body) as { ticket: string };
    const headers = { 'Sec-WebSocket-Protocol': `holdfast.v1, ticket.${ticket}` };
    const { statusCode } = await stage.functions.connect.run((connect) => connect(eventOf(viewer, { headers })));
    if (statusCode !== 200) throw new Error(`A viewer was refused: ${statusCode}`);
    await say(stage, viewer, { action: 'subscribe', id: '1', topics: ['tasks'] });
  }
}

export async function say({ functions, front }: Seating, viewer: number, message: unknown): Promise<void> {
  const body = JSON.stringify(message);
  front.message(body.length, 'in');
  await functions.message.run((take) => take(eventOf(viewer, { body })));
}

/** Returns the way to end it. */
export function startPings(stage: Seating & Pick<Cloud, 'clock'>, viewers: number): () => void {
  let cancel = (): void => undefined;
  const ping = (): void => {
    for (let viewer = 0; viewer < viewers; viewer += 1) void say(stage, viewer, { action: 'ping', id: '2' });
    cancel = stage.clock.timer(PING_EVERY_MS, ping);
  };
  cancel = stage.clock.timer(PING_EVERY_MS, ping);
  return () => cancel();
}

export async function unseat({ functions }: Seating, viewer: number): Promise<void> {
  await functions.disconnect.run((disconnect) => disconnect(eventOf(viewer)));
}
