/** A server that has many tasks, pages of them and a live channel, and does nothing else: what the dashboard is measured against. */
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import { join } from 'node:path';
import type { Identity, LiveTicket, ServerMessage, Task, TaskPage, TaskStatus } from '@holdfast/api/types';
import { WebSocket, WebSocketServer } from 'ws';

const BUILD = join(import.meta.dirname, '..', '..', '..', 'web', 'build');
const TYPES: Readonly<Record<string, string>> = { js: 'text/javascript', css: 'text/css', svg: 'image/svg+xml' };
const FRAME_EVERY_MS = 100;
/** One event in so many is a new task; the others are changes, half of them of the newest rows, which are in sight. */
const NEW_EVERY = 10;
const IN_SIGHT = 40;
const COURSE: readonly TaskStatus[] = ['queued', 'running', 'retrying', 'running', 'succeeded'];

export class TaskStandIn {
  readonly url: string;
  readonly #server: Server;
  readonly #sockets: WebSocketServer;
  /** Newest first. */
  readonly #tasks: Task[];
  #timer: NodeJS.Timeout | undefined;
  #sent = 0;

  private constructor(server: Server, tasks: Task[]) {
    this.#server = server;
    this.#tasks = tasks;
    this.#sockets = new WebSocketServer({ server, path: '/live', handleProtocols: () => 'holdfast.v1' });
    this.#sockets.on('connection', (socket) => this.#welcome(socket));
    server.on('request', (request, response) => this.#answer(request, response));
    this.url = `http://127.0.0.1:${(server.address() as { port: number }).port}`;
  }

  static async open(count: number): Promise<TaskStandIn> {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    return new TaskStandIn(
      server,
      Array.from({ length: count }, (_, index) => newTask(count - index)),
    );
  }

  begin(eventsASecond: number): void {
    this.#sent = 0;
    this.#timer = setInterval(() => this.#frame((eventsASecond * FRAME_EVERY_MS) / 1_000), FRAME_EVERY_MS);
  }

  /** Answers how many events it has sent. */
  end(): number {
    clearInterval(this.#timer);
    return this.#sent;
  }

  async close(): Promise<void> {
    this.end();
    for (const socket of this.#sockets.clients) socket.terminate();
    this.#server.closeAllConnections();
    this.#server.close();
    await once(this.#server, 'close');
  }

  #frame(count: number): void {
    const tasks = Array.from({ length: count }, () => this.#event());
    this.#sent += count;
    const frame = JSON.stringify({ kind: 'tasks', tasks } satisfies ServerMessage);
    for (const socket of this.#sockets.clients) if (socket.readyState === WebSocket.OPEN) socket.send(frame);
  }

  #event(): Task {
    const number = this.#sent + Math.floor(Math.random() * 1e6);
    if (number % NEW_EVERY === 0) {
      this.#tasks.unshift(newTask(this.#tasks.length + 1));
      return this.#tasks[0]!;
    }
    const among = number % 2 === 0 ? IN_SIGHT : this.#tasks.length;
    const index = Math.floor(Math.random() * among);
    return (this.#tasks[index] = changed(this.#tasks[index]!));
  }

  #welcome(socket: WebSocket): void {
    const tell = (message: ServerMessage): void => {
      socket.send(JSON.stringify(message));
    };
    const limits = { topics: 50, frameBytes: 131_072, messagesPerSecond: 20 };
    tell({ kind: 'welcome', protocol: 'holdfast.v1', at: now(), pingEverySeconds: 30, closesAt: null, limits });
    const topics: string[] = [];
    socket.on('message', (data: Buffer) => {
      const { action, id, topics: asked = [] } = JSON.parse(data.toString()) as Asked;
      topics.push(...asked);
      if (action === 'ping') tell({ kind: 'pong', replyTo: id, at: now() });
      else tell({ kind: 'subscriptions', replyTo: id, topics });
    });
  }

  #answer(request: IncomingMessage, response: ServerResponse): void {
    const { pathname, searchParams } = new URL(request.url!, this.url);
    if (pathname.startsWith('/app')) {
      showFile(pathname, response);
      return;
    }
    response.writeHead(pathname === '/live-tickets' ? 201 : 200, { 'content-type': 'application/json' });
    response.end(JSON.stringify(this.#bodyOf(pathname, searchParams)));
  }

  #bodyOf(path: string, query: URLSearchParams): LiveTicket | Identity | TaskPage {
    if (path === '/live-tickets') return ticket();
    return path === '/identity' ? IDENTITY : this.#page(query);
  }

  /** A cursor is the number of the task before: new ones do not move it. */
  #page(query: URLSearchParams): TaskPage {
    const limit = Number(query.get('limit') ?? 25);
    const before = Number(query.get('cursor') ?? this.#tasks.length + 1);
    const from = this.#tasks.length + 1 - before;
    const items = this.#tasks.slice(from, from + limit);
    const nextCursor = from + limit < this.#tasks.length ? String(before - limit) : null;
    return { items, nextCursor, searchedTo: null, indexed: true };
  }
}

interface Asked {
  readonly action: string;
  readonly id: string;
  readonly topics?: readonly string[];
}

const IDENTITY: Identity = {
  tenant: 'local',
  subject: 'local',
  kind: 'local',
  name: null,
  scopes: ['tasks:read'],
  expiresAt: null,
};

const now = (): string => new Date().toISOString();

const ticket = (): LiveTicket => ({
  ticket: 'x',
  protocols: ['holdfast.v1', 'ticket.eA'],
  url: null,
  expiresAt: now(),
});

function showFile(pathname: string, response: ServerResponse): void {
  const extension = /\.(\w+)$/.exec(pathname)?.[1];
  const name = extension === undefined ? 'index.html' : pathname.slice('/app/'.length);
  response.writeHead(200, { 'content-type': TYPES[extension ?? ''] ?? 'text/html; charset=utf-8' });
  response.end(readFileSync(join(BUILD, name)));
}

/** The later its number, the newer. */
const newTask = (number: number): Task => ({
  taskId: `order-${number}`,
  type: number % 3 === 0 ? 'http-request' : 'simulate',
  status: 'queued',
  version: 1,
  attempt: 0,
  maxAttempts: 3,
  attemptsTotal: 0,
  createdAt: new Date(1_790_000_000_000 + number * 100).toISOString(),
  updatedAt: now(),
  expiresAt: now(),
  waiting: null,
  cancelRequested: false,
  progress: null,
  lastFailure: null,
  tags: ['team:billing'],
  payloadEdited: false,
  discarded: false,
});

function changed(task: Task): Task {
  const status = COURSE[task.version % COURSE.length]!;
  const isRetrying = status === 'retrying';
  return {
    ...task,
    status,
    version: task.version + 1,
    attempt: 1 + (task.version % 3),
    updatedAt: now(),
    waiting: isRetrying ? { reason: 'backoff', until: now() } : null,
    lastFailure: isRetrying ? { class: 'NETWORK', code: 'ECONNRESET', message: 'socket hang up', at: now() } : null,
  };
}
