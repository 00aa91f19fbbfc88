/** The product's own stage in the twin, with short times, and what a client does with it. */
import type { Task } from '@holdfast/api/types';
import { WebSocket } from 'ws';
import { LiveClient, ticketOf } from '../live-client.ts';
import type { TwinOptions } from './options.ts';
import type { Twin } from './twin.ts';
import { startTwin } from './twin.ts';

const ENVIRONMENT = { IDENTITY: 'local', TIMING: 'short', DEFAULT_TYPE: 'simulate', LOG_LEVEL: 'info' };
const WITHIN_MS = 90_000;

export class GivenDeployed {
  #twin: Twin | undefined;

  get twin(): Twin {
    return this.#twin!;
  }

  get url(): string {
    return this.twin.url;
  }

  async start({ environment, ...options }: TwinOptions = {}): Promise<this> {
    this.#twin = await startTwin({ environment: { ...ENVIRONMENT, ...environment }, ...options });
    return this;
  }

  async stop(): Promise<void> {
    await this.#twin?.stop();
  }

  ask(path: string, body?: object): Promise<Response> {
    const headers = { 'content-type': 'application/json' };
    return fetch(this.url + path, body && { method: 'POST', headers, body: JSON.stringify(body) });
  }

  async submit(taskId: string, payload: object = { failureRate: 0 }, more: object = {}): Promise<Task> {
    const answer = await this.ask('/tasks', { taskId, payload, ...more });
    if (answer.status !== 202) throw new Error(`Submit answered ${answer.status}: ${await answer.text()}`);
    return (await answer.json()) as Task;
  }

  async task(taskId: string, query = ''): Promise<Task> {
    return (await (await this.ask(`/tasks/${taskId}${query}`)).json()) as Task;
  }

  /** Throws with what the task is when it does not become that. */
  async until(taskId: string, status: Task['status'], isMore: (task: Task) => boolean = () => true): Promise<Task> {
    const endMs = performance.now() + WITHIN_MS;
    for (;;) {
      const task = await this.task(taskId, '?wait=1');
      if (task.status === status && isMore(task)) return task;
      if (performance.now() > endMs) throw new Error(`It did not become ${status}: ${JSON.stringify(task)}`);
    }
  }

  async openLive(): Promise<LiveClient> {
    const ticket = await ticketOf(this.url);
    return LiveClient.follow(new WebSocket(this.twin.liveUrl, [...ticket.protocols]));
  }
}
