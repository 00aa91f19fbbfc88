/**
 * $default: one message of a client, its topics as entries, and the reply as a frame; before the first reply the welcome.
 * Messages of one connection may be taken at once and in any order: each is judged by the topics that it changes, or again.
 */
import type { ServerMessage } from '@holdfast/api/types';
import type { APIGatewayProxyStructuredResultV2, APIGatewayProxyWebsocketEventV2 } from 'aws-lambda';
import { ownTypes } from '#own-types';
import { openLedger } from '../aws/dynamo-ledger.ts';
import type { Gateway } from '../aws/gateway.ts';
import type { Log } from '../core/ports.ts';
import { catalogueOf } from '../http/catalogue.ts';
import { noteFault } from '../http/problems.ts';
import type { Knowledge } from '../live/conversation.ts';
import { answerTo, knowledgeOf, refused } from '../live/conversation.ts';
import { frameOf } from '../live/frames.ts';
import type { Connections, LiveConnection } from './connections.ts';
import { lazily } from './invocation.ts';
import { FRAME_BYTES, welcomeOf } from './live-frames.ts';
import { gatewayOf, openLive } from './open-live.ts';

const MOST_TRIES = 10;
const TAKEN = { statusCode: 200 };

export interface MessageParts {
  readonly connections: Connections;
  readonly gateway: Gateway;
  readonly knowledge: Knowledge;
  readonly log: Log;
}

export type Message = (event: APIGatewayProxyWebsocketEventV2) => Promise<APIGatewayProxyStructuredResultV2>;

export const createMessage =
  (parts: MessageParts): Message =>
  async ({ requestContext: { connectionId, requestId }, body = '', isBase64Encoded }) => {
    const { connections, gateway, log } = parts;
    const note = (error: unknown): void => noteFault(log, { error, requestId, operation: 'live' });
    const bytes = Buffer.from(body);
    const answer = async (): Promise<ServerMessage[] | 'closed'> => {
      const connection = await connections.find(connectionId);
      const isHeard = !isBase64Encoded && bytes.length <= FRAME_BYTES;
      if (connection === undefined || !isHeard || isOver(connection, parts)) return 'closed';
      return repliesTo(bytes, connection, { ...parts, note });
    };
    // A fault that left the function would be told by API Gateway, in a frame that is none of the contract.
    const replies = await answer().catch((error: unknown) => (note(error), [internal()]));
    if (replies === 'closed') await gateway.close(connectionId); // $disconnect follows
    for (const reply of replies === 'closed' ? [] : replies) {
      if ((await gateway.post(connectionId, frameOf(reply))) !== 'sent') break; // the client asks again
    }
    return TAKEN;
  };

const internal = (): ServerMessage =>
  refused(null, 'internal', 'The fault is recorded; the same message may succeed later.').reply;

const isOver = ({ principal }: LiveConnection, { knowledge }: MessageParts): boolean =>
  (principal.expiresAtMs ?? Infinity) <= knowledge.nowMs();

type Taking = Pick<MessageParts, 'connections' | 'knowledge'> & { readonly note: (error: unknown) => void };

async function repliesTo(bytes: Buffer, connection: LiveConnection, parts: Taking): Promise<ServerMessage[]> {
  const { connections, knowledge, note } = parts;
  const { principal } = connection;
  for (let tries = 0; tries < MOST_TRIES; tries += 1) {
    const before = await connections.followingOf(connection);
    if (before === undefined) return [];
    const turn = await answerTo(bytes, { principal, topics: before.topics }, knowledge);
    if (turn.fault !== undefined) note(turn.fault);
    const { topics = before.topics, reply } = turn;
    if (before.isWelcomed && areSame(topics, before.topics)) return [reply];
    const outcome = await connections.follow(connection, before, topics);
    if (outcome === 'conflict') continue;
    const replies = [outcome === 'followed' ? reply : tooMany(reply)];
    return before.isWelcomed ? replies : [welcomeOf(connection, knowledge.nowMs()), ...replies];
  }
  return [refused(null, 'rate-limited', 'Too many messages of the connection at once; ask again.').reply];
}

const areSame = (one: ReadonlySet<string>, other: ReadonlySet<string>): boolean =>
  one.size === other.size && [...one].every((topic) => other.has(topic));

function tooMany(reply: ServerMessage): ServerMessage {
  const replyTo = 'replyTo' in reply ? reply.replyTo : null;
  const message = 'All connections of an identity follow too many topics; nothing was changed.';
  return refused(replyTo, 'too-many-topics', message).reply;
}

const opened = lazily(() => {
  const { settings, connections, clock, table, log } = openLive(['GATEWAY_URL']);
  const catalogue = catalogueOf(ownTypes);
  const knowledge = knowledgeOf({ clock, ledger: openLedger({ table, clock }) }, (type) => catalogue.has(type));
  return Promise.resolve(createMessage({ connections, gateway: gatewayOf(settings), knowledge, log }));
});

export const handler: Message = async (event) => (await opened())(event);
