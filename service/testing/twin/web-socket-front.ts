/**
 * The WebSocket API and its management endpoint: `$connect` decides about the handshake, each message is an invocation of `$default`,
 * and a connection ends by either side, by silence, or by age. What is sent to one that has ended is answered with 410.
 */
import { randomBytes } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import type { RawData, WebSocket } from 'ws';
import { WebSocketServer } from 'ws';
import type { Outcome } from './container.ts';
import { bodyOf, send } from './http-front.ts';
import type { HttpAnswer } from './http-event.ts';
import { saidByGateway } from './http-event.ts';
import type { RouteKey, Stage } from './stage.ts';
import type { Told } from './web-socket-events.ts';
import { connectEvent, disconnectEvent, messageEvent } from './web-socket-events.ts';

// https://docs.aws.amazon.com/apigateway/latest/developerguide/websocket-api-quotas.html
const FRAME_BYTES = 32 * 1024;
const MESSAGE_BYTES = 128 * 1024;
export const LIMITS = { idleMs: 600_000, oldMs: 7_200_000 } as const;
const GOING_AWAY = 1001;

export interface WebSocketFrontOptions {
  readonly stage: Stage;
  readonly limits: { readonly idleMs: number; readonly oldMs: number };
  invoke(functionName: string, event: unknown): Promise<Outcome>;
}

interface Open extends Told {
  readonly socket: WebSocket;
  lastActiveAtMs: number;
  idle?: NodeJS.Timeout;
}

export class WebSocketFront {
  readonly #options: WebSocketFrontOptions;
  readonly #open = new Map<string, Open>();
  readonly #throttled = new Set<string>();
  readonly #protocols = new WeakMap<IncomingMessage, string>();
  // Of a message in several frames the twin takes no more than of one frame: it does not see where they end.
  readonly #sockets = new WebSocketServer({
    noServer: true,
    perMessageDeflate: false,
    maxPayload: FRAME_BYTES,
    handleProtocols: (_, incoming) => this.#protocols.get(incoming) ?? false,
  });

  constructor(options: WebSocketFrontOptions) {
    this.#options = options;
  }

  get connectionIds(): readonly string[] {
    return [...this.#open.keys()];
  }

  /** What is posted to it is answered with 429, until that is taken back. */
  throttle(connectionId: string, isThrottled: boolean): void {
    if (isThrottled) this.#throttled.add(connectionId);
    else this.#throttled.delete(connectionId);
  }

  isHandshake = ({ url = '' }: IncomingMessage): boolean => url.split('?')[0] === `/${this.#options.stage.name}`;

  async connect(incoming: IncomingMessage, socket: Duplex, head: Buffer): Promise<void> {
    socket.on('error', () => socket.destroy());
    const id = `${randomBytes(11).toString('base64url')}=`;
    const told: Told = { id, stage: this.#options.stage.name, connectedAtMs: Date.now(), handshake: incoming };
    const outcome = await this.#invoke('$connect', connectEvent(told));
    const answer = outcome?.kind === 'answered' ? (outcome.payload as ConnectAnswer | null) : undefined;
    const status = outcome === undefined ? 200 : (answer?.statusCode ?? 502);
    if (status < 200 || status > 299) {
      refuse(socket, status, answer?.body);
      return;
    }
    const protocol = headerOf(answer?.headers, 'sec-websocket-protocol');
    if (protocol !== undefined) this.#protocols.set(incoming, protocol);
    this.#sockets.handleUpgrade(incoming, socket, head, (webSocket) => this.#take(told, webSocket));
  }

  #take(told: Told, socket: WebSocket): void {
    const connection: Open = { ...told, socket, lastActiveAtMs: Date.now() };
    this.#open.set(told.id, connection);
    const old = setTimeout(() => socket.close(GOING_AWAY, 'Going away'), this.#options.limits.oldMs);
    this.#touch(connection);
    socket.on('message', (data, isBinary) => {
      this.#touch(connection);
      void this.#hear(connection, bytesOf(data), isBinary);
    });
    socket.on('error', () => undefined); // 'close' follows
    socket.on('close', (code, reason) => {
      clearTimeout(old);
      clearTimeout(connection.idle);
      this.#open.delete(told.id);
      void this.#invoke('$disconnect', disconnectEvent(told, code, reason.toString()));
    });
  }

  #touch(connection: Open): void {
    connection.lastActiveAtMs = Date.now();
    clearTimeout(connection.idle);
    connection.idle = setTimeout(() => connection.socket.close(GOING_AWAY, 'Going away'), this.#options.limits.idleMs);
  }

  async #hear(connection: Open, body: Buffer, isBinary: boolean): Promise<void> {
    const outcome = await this.#invoke('$default', messageEvent(connection, body, isBinary));
    if (outcome === undefined) return;
    if (outcome.kind !== 'answered') {
      const fault = { message: 'Internal server error', connectionId: connection.id, requestId: '' };
      connection.socket.send(JSON.stringify(fault));
      return;
    }
    const reply = (outcome.payload as { body?: string } | null)?.body;
    const hasResponse = this.#options.stage.routes.get('$default')!.hasResponse;
    if (hasResponse && reply !== undefined && reply !== '') connection.socket.send(reply);
  }

  /** Undefined where the route has no function. */
  async #invoke(routeKey: RouteKey, event: object): Promise<Outcome | undefined> {
    const route = this.#options.stage.routes.get(routeKey);
    return route && this.#options.invoke(route.functionName, event);
  }

  isManagement = ({ url = '' }: IncomingMessage): boolean =>
    url.startsWith(`/${this.#options.stage.name}/@connections/`) || url.startsWith('/@connections/');

  /** See https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-how-to-call-websocket-api-connections.html */
  async manage(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    const body = await bodyOf(incoming, MESSAGE_BYTES);
    if (body !== 'cut') send(outgoing, this.#managed(incoming, body));
  }

  #managed({ url = '', method }: IncomingMessage, body: Buffer | 'too large'): HttpAnswer {
    const connection = this.#open.get(decodeURIComponent(url.split('/@connections/')[1]!));
    if (connection === undefined) return refused(410, 'GoneException');
    if (body === 'too large') return refused(413, 'PayloadTooLargeException');
    if (this.#throttled.has(connection.id)) return refused(429, 'LimitExceededException');
    if (method === 'POST') {
      this.#touch(connection);
      connection.socket.send(body, { binary: false });
      return { status: 200, headers: {}, body: NOTHING };
    }
    if (method === 'DELETE') {
      connection.socket.close(1000);
      return { status: 204, headers: {}, body: NOTHING };
    }
    return { status: 200, headers: { 'content-type': 'application/json' }, body: shown(connection) };
  }

  stop(): void {
    for (const { socket, idle } of this.#open.values()) {
      clearTimeout(idle);
      socket.terminate();
    }
    this.#sockets.close();
  }
}

interface ConnectAnswer {
  readonly statusCode?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

const NOTHING = Buffer.alloc(0);

/** The SDK reads the kind of a refusal from this header. */
function refused(status: number, type: string): HttpAnswer {
  const answer = saidByGateway(status, type);
  return { ...answer, headers: { ...answer.headers, 'x-amzn-errortype': type } };
}

const bytesOf = (data: RawData): Buffer =>
  Array.isArray(data) ? Buffer.concat(data) : data instanceof ArrayBuffer ? Buffer.from(data) : data;

const headerOf = (headers: Readonly<Record<string, string>> = {}, name: string): string | undefined =>
  Object.entries(headers).find(([each]) => each.toLowerCase() === name)?.[1];

const shown = ({ connectedAtMs, lastActiveAtMs }: Open): Buffer =>
  Buffer.from(
    JSON.stringify({
      connectedAt: new Date(connectedAtMs).toISOString(),
      lastActiveAt: new Date(lastActiveAtMs).toISOString(),
    }),
  );

function refuse(socket: Duplex, status: number, body = '{"message":"Internal server error"}'): void {
  socket.end(
    `HTTP/1.1 ${status} \r\nContent-Type: application/json\r\nConnection: close\r\n` +
      `Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
  );
}
