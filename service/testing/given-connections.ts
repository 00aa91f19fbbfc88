/**
 * The live channel as it is on AWS, under virtual time: its functions on a simulated store, identities that tests end, and a
 * gateway in memory whose viewers read, lose frames, or are gone. Every frame is held against the contract.
 */
import type { ServerMessage, Task } from '@holdfast/api/types';
import type { SQSEvent } from 'aws-lambda';
import type { Gateway, Posted } from '../aws/gateway.ts';
import type { Changes } from '../aws/sqs-events.ts';
import type { Ports } from '../core/ports.ts';
import type { Replaced } from '../http/simulated-house.ts';
import { simulatedHouse } from '../http/simulated-house.ts';
import type { Principal } from '../http/principal.ts';
import { issueTicket } from '../http/tickets.ts';
import type { ConnectEvent } from '../lambda/connect.ts';
import { createConnect } from '../lambda/connect.ts';
import { Connections } from '../lambda/connections.ts';
import { createDisconnect } from '../lambda/disconnect.ts';
import { care } from '../lambda/live-care.ts';
import { createMessage } from '../lambda/message.ts';
import type { Push } from '../lambda/push.ts';
import { createPush } from '../lambda/push.ts';
import { knowledgeOf } from '../live/conversation.ts';
import { GivenIdentity } from './given-identity.ts';
import { messageIn } from './live-client.ts';

export const PAGE = 'https://dashboard.example.com';

export class GatewayViewer {
  readonly messages: ServerMessage[] = [];
  readonly arrivedAtMs: number[] = [];
  readonly frameBytes: number[] = [];
  isClosed = false;
  /** What becomes of the next frames; the last one stays. */
  fates: Posted[] = ['sent'];

  get kinds(): string[] {
    return this.messages.map(({ kind }) => kind);
  }

  get tasks(): Task[] {
    return this.messages.flatMap((message) => (message.kind === 'tasks' ? message.tasks : []));
  }

  get resyncs(): string[] {
    return this.messages.flatMap((message) =>
      message.kind === 'resync' ? `${message.reason}: ${message.topics.join(' ')}` : [],
    );
  }
}

export class GivenConnections {
  readonly simulated;
  readonly ports: Ports;
  readonly identity: GivenIdentity;
  readonly connections: Connections;
  readonly viewers = new Map<string, GatewayViewer>();
  readonly gateway: Gateway;
  readonly push: Push;
  readonly #connect;
  readonly #message;
  readonly disconnect;
  /** Of the key-value: what a test counts. */
  lists = 0;
  #next = 0;

  constructor(principals: readonly Principal[], replaced: Replaced['ports'] = {}) {
    this.simulated = simulatedHouse({ ports: replaced });
    const { house, time } = this.simulated;
    const { ports } = house.desk;
    const { clock, log } = ports;
    const keyValue = { ...ports.keyValue, list: this.#counting(ports.keyValue) };
    this.ports = { ...ports, keyValue };
    this.identity = new GivenIdentity(principals, () => time.nowMs);
    this.connections = new Connections({ keyValue, clock });
    this.gateway = { post: (id, frame) => this.#post(id, frame), close: (id) => this.#close(id) };
    const { connections, gateway, identity } = this;
    const knowledge = knowledgeOf(ports, (type) => house.catalogue.has(type));
    this.#connect = createConnect({ ports: this.ports, identity, connections, origins: new Set([PAGE]) });
    this.#message = createMessage({ connections, gateway, knowledge, log });
    this.disconnect = createDisconnect({ connections });
    this.push = this.newPush();
  }

  /** Another process of the function. */
  newPush(): Push {
    const { connections, gateway, ports } = this;
    const changesIn = (body: string): Changes => JSON.parse(body) as Changes;
    return createPush({ connections, gateway, changesIn, clock: ports.clock, log: ports.log });
  }

  care(): Promise<void> {
    const { connections, gateway, identity, ports } = this;
    return care({ connections, gateway, identity, clock: ports.clock, log: ports.log });
  }

  pass(ms: number): Promise<void> {
    const { time } = this.simulated;
    return time.play(() => false, time.nowMs + ms);
  }

  async ticketOf(principal: Principal): Promise<string> {
    return (await issueTicket(this.ports, principal)).ticket;
  }

  handshake(event: Partial<ConnectEvent>, id = `c${(this.#next += 1)}=`) {
    return this.#connect({ requestContext: contextOf(id), isBase64Encoded: false, ...event });
  }

  /** Through the handshake. */
  async open(principal: Principal, ...topics: string[]): Promise<{ id: string; viewer: GatewayViewer }> {
    const id = `c${(this.#next += 1)}=`;
    const protocol = `holdfast.v1, ticket.${await this.ticketOf(principal)}`;
    const { statusCode, body } = await this.handshake({ headers: { 'Sec-WebSocket-Protocol': protocol } }, id);
    if (statusCode !== 200) throw new Error(`${statusCode} ${body}`);
    const viewer = new GatewayViewer();
    this.viewers.set(id, viewer);
    if (topics.length > 0) await this.say(id, { action: 'subscribe', id: 'open', topics });
    return { id, viewer };
  }

  say(id: string, message: unknown, isBase64Encoded = false) {
    const body = typeof message === 'string' ? message : JSON.stringify(message);
    return this.#message({ requestContext: contextOf(id), body, isBase64Encoded });
  }

  /** As one batch of the queue, a message each. */
  tell(tenant: string, tasks: readonly Task[], push = this.push) {
    return push(batchOf({ tenant, tasks }));
  }

  get entries(): string[] {
    const { store } = this.simulated;
    return ['tenant/', 'installation/'].flatMap((prefix) => store.listEntries(prefix, 1_000).map(({ key }) => key));
  }

  #counting(keyValue: Ports['keyValue']): Ports['keyValue']['list'] {
    return (...query) => {
      this.lists += 1;
      return keyValue.list(...query);
    };
  }

  #post(id: string, frame: Buffer): Promise<Posted> {
    const viewer = this.viewers.get(id);
    if (viewer === undefined || viewer.isClosed) return Promise.resolve('gone');
    const fate = viewer.fates.length > 1 ? viewer.fates.shift()! : viewer.fates[0]!;
    if (fate !== 'sent') return Promise.resolve(fate);
    viewer.messages.push(messageIn(frame.toString()));
    viewer.arrivedAtMs.push(this.simulated.time.nowMs);
    viewer.frameBytes.push(frame.length);
    return Promise.resolve(fate);
  }

  #close(id: string): Promise<'closed'> {
    const viewer = this.viewers.get(id);
    if (viewer) viewer.isClosed = true;
    return Promise.resolve('closed');
  }
}

function contextOf(connectionId: string): ConnectEvent['requestContext'] {
  return {
    ...{ routeKey: '$default', messageId: 'm', eventType: 'MESSAGE', extendedRequestId: 'e', requestTime: '' },
    ...{ messageDirection: 'IN', stage: 'dev', connectedAt: 0, requestTimeEpoch: 0, requestId: 'request-1' },
    ...{ domainName: 'live.example.com', connectionId, apiId: 'a' },
  };
}

const RECORD = {
  ...{ receiptHandle: 'r', messageAttributes: {}, md5OfBody: '', eventSource: 'aws:sqs' },
  ...{ eventSourceARN: 'arn:aws:sqs:eu-central-1:123456789012:events', awsRegion: 'eu-central-1' },
  attributes: {
    ...{ ApproximateReceiveCount: '1', SentTimestamp: '0', SenderId: 's', ApproximateFirstReceiveTimestamp: '0' },
  },
};

/** What is no text is a message of changes. */
export const batchOf = (...messages: (Changes | string)[]): SQSEvent => ({
  Records: messages.map((message, n) => ({
    ...RECORD,
    messageId: `m${n}`,
    body: typeof message === 'string' ? message : JSON.stringify(message),
  })),
});

export function taskOf(taskId: string, version: number, more: Partial<Task> = {}): Task {
  return {
    ...{ taskId, type: 'simulate', status: 'running', version, attempt: 1, maxAttempts: 3, attemptsTotal: 1 },
    ...{ createdAt: '2026-01-01T00:00:00.000Z', updatedAt: '2026-01-01T00:00:00.000Z' },
    ...{ expiresAt: '2026-01-02T00:00:00.000Z', waiting: null, cancelRequested: false, progress: null },
    ...{ lastFailure: null, tags: [], payloadEdited: false, discarded: false, ...more },
  };
}
