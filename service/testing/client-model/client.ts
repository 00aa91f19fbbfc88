/**
 * A client of one tenant: raw requests, so that every status is seen, and the SDK over the same address. Nothing that another
 * client's marks stand in may ever be answered to it. [S14]
 */
import { setTimeout as sleep } from 'node:timers/promises';
import type { AnyTypes, Holdfast } from '../../../api/sdk/index.ts';
import { createHoldfast } from '../../../api/sdk/index.ts';
import type { Problem, Task, TaskDetail } from '@holdfast/api/types';
import type { FlakyNetwork } from './flaky-network.ts';
import type { Operation } from './state.ts';
import type { Action, Answer } from './task-model.ts';

export interface Answered extends Answer {
  readonly headers: Headers;
  readonly body: unknown;
}

export interface Asking {
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface Access {
  readonly url: string;
  readonly tenant: string;
  readonly token: string;
  /** What stands in everything that others send. */
  readonly foreign: readonly string[];
  /** Between the SDK and the server; raw requests never go over it. */
  readonly network?: FlakyNetwork;
  /** Of the SDK; the global one unless a test spoils it. */
  readonly fetch?: typeof fetch;
  /** Lists may not show yet what was accepted, and it is counted as accepted when it is first claimed, or ends. */
  readonly isCloud?: true;
  /** How often which was answered, as `cancel 409 task-final`. */
  readonly answers: Map<string, number>;
}

/** The last word of the path, but that of an id. */
const nameOf = (line: string): string => {
  const [, method = '', path = ''] = /^(\w+) ([^?]+)/.exec(line) ?? [];
  const word = /\/(batch|cancel|redrive|discard|attempts|stats)\b/.exec(path)?.[1];
  return word ?? (method === 'POST' ? 'submit' : path === '/tasks' ? 'list' : 'get');
};

/** Workers that were starved are started anew. */
const UNAVAILABLE_FOR_MS = 60_000;
const AGAIN_MS = 100;

/** More tries than a plan has mishaps, and soon. */
const RETRY = { attempts: 6, baseMs: 5, capMs: 20 };

export class Client {
  readonly access: Access;
  readonly holdfast: Holdfast<AnyTypes>;

  constructor(access: Access) {
    this.access = access;
    const { url, token, network, fetch: ownFetch } = access;
    this.holdfast = createHoldfast<AnyTypes>({ baseUrl: network?.url ?? url, token, retry: RETRY, fetch: ownFetch });
  }

  get network(): FlakyNetwork | undefined {
    return this.access.network;
  }

  count(answer: string): void {
    const { answers } = this.access;
    answers.set(answer, (answers.get(answer) ?? 0) + 1);
  }

  /** A type that no worker can run at this moment is asked for again, as a client would: the server did nothing before it said so. */
  async ask(line: string, asking: Asking = {}): Promise<Answered> {
    const endMs = performance.now() + UNAVAILABLE_FOR_MS;
    for (;;) {
      const answer = await this.#askOnce(line, asking);
      if (answer.code !== 'type-unavailable' || performance.now() > endMs) return answer;
      await sleep(AGAIN_MS);
    }
  }

  async #askOnce(line: string, { body, headers }: Asking): Promise<Answered> {
    const [method = '', path = ''] = line.split(' ');
    const { url, token, foreign } = this.access;
    const response = await fetch(url + path, {
      method,
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json', ...headers },
      body: body === undefined ? null : JSON.stringify(body),
    });
    const text = await response.text();
    const answer = { status: response.status, headers: response.headers, ...read(response.status, text) };
    const name = [nameOf(line), answer.status, answer.code].filter(Boolean).join(' ');
    this.count(name);
    const seen = foreign.find((mark) => text.includes(mark));
    if (seen !== undefined) throw new Error(`${line} was answered with something of ${seen}: ${text}`);
    return answer;
  }

  async submit(request: object, identity: { taskId?: string; key?: string }): Promise<Answered> {
    const { taskId, key } = identity;
    const body = taskId === undefined ? request : { taskId, ...request };
    return this.ask('POST /tasks', { body, headers: key === undefined ? {} : { 'idempotency-key': key } });
  }

  /** An action on a task with this id; a submit is under this id too. */
  async act(taskId: string, action: Action): Promise<Answered> {
    if (action.kind === 'submit') return this.submit(action.request, { taskId });
    if (action.kind === 'get') return this.ask(`GET /tasks/${taskId}`);
    const { ifVersion, reason, edit } = action;
    const headers = ifVersion === undefined ? {} : { 'if-match': `"${ifVersion}"` };
    return this.operate(taskId, action.kind, { headers, body: { reason, payload: edit } });
  }

  operate(taskId: string, operation: Operation, asking: Asking): Promise<Answered> {
    return this.ask(`POST /tasks/${taskId}/${operation}`, asking);
  }
}

function read(status: number, text: string): Pick<Answered, 'body' | 'code' | 'task'> {
  const body = JSON.parse(text) as unknown;
  if (status >= 400) return { body, code: (body as Problem).code };
  return typeof body === 'object' && body !== null && 'taskId' in body
    ? { body, task: body as Task | TaskDetail }
    : { body };
}
