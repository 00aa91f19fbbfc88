/** What the live channel says on AWS where it differs from one machine: numbers, and the messages that name them. */
import type { Goodbye, Welcome } from '@holdfast/api/types';
import { MINUTE } from '../core/rules.ts';
import { timestamp } from '../http/view.ts';
import { MOST_TOPICS } from '../live/topics.ts';
import type { LiveConnection } from './connections.ts';

/**
 * API Gateway: a frame of 32 KB, 2 h a connection, 10 minutes without a message; 500 new connections a second for an account.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-execution-service-websocket-limits-table.html
 */
export const FRAME_BYTES = 32_768;
export const LIVES_MS = 110 * MINUTE;
export const GOODBYE_BEFORE_MS = 5 * MINUTE;
/** Twice as long is still below the idle limit. */
const PING_EVERY_SECONDS = 240;
/** What a connection may send; the gateway's own limit holds for all of an installation. */
const MESSAGES_PER_SECOND = 100;

const closesAtOf = ({ connectedAtMs }: LiveConnection): string => timestamp(connectedAtMs + LIVES_MS);

export const welcomeOf = (connection: LiveConnection, nowMs: number): Welcome => ({
  ...{ kind: 'welcome', protocol: 'holdfast.v1', at: timestamp(nowMs), pingEverySeconds: PING_EVERY_SECONDS },
  closesAt: closesAtOf(connection),
  limits: { topics: MOST_TOPICS, frameBytes: FRAME_BYTES, messagesPerSecond: MESSAGES_PER_SECOND },
});

export const goodbyeOf = (connection: LiveConnection): Goodbye => ({
  ...{ kind: 'goodbye', reason: 'lifetime', closesAt: closesAtOf(connection) },
});
