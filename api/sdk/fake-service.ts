// A Holdfast for tests of the SDK: a ledger in memory behind an injected fetch, with real Responses. A test may say how the next
// posts fail; what each post held and how many were under way at once is kept.
import type { BatchItem, Problem, Task, TaskSubmit } from '@holdfast/api/types';
import type { Fetch } from './http.ts';

export interface Post {
  readonly path: string;
  readonly bytes: number;
  readonly items: readonly TaskSubmit[];
  readonly idempotencyKey: string | undefined;
}

export const problemOf = (code: Problem['code'], status: number, retryable: boolean): Problem => ({
  type: `/docs/problems#${code}`,
  title: code,
  status,
  detail: `It is ${code}.`,
  instance: 'urn:1',
  code,
  retryable,
});

export function taskOf(taskId: string, fields: Partial<Task> = {}): Task {
  const at = '2026-01-01T00:00:00.000Z';
  const attempts = { attempt: 0, maxAttempts: 3, attemptsTotal: 0 };
  const states = { waiting: null, cancelRequested: false, progress: null, lastFailure: null, discarded: false };
  const moments = { createdAt: at, updatedAt: at, expiresAt: at };
  const named = { taskId, type: 'simulate', status: 'queued', version: 1 } as const;
  return { ...named, ...attempts, ...moments, ...states, tags: [], payloadEdited: false, ...fields };
}

export const jsonResponse = (status: number, body: unknown, headers: Record<string, string> = {}): Response =>
  Response.json(body, { status, headers: { 'X-Request-Id': 'request-1', ...headers } });

export class FakeService {
  readonly posts: Post[] = [];
  readonly tasks = new Map<string, Task>();
  mostInFlight = 0;
  #inFlight = 0;
  /** Answers of the next posts; then it serves. An Error is a lost connection. */
  readonly failures: (Response | Error)[] = [];
  /** The problem of one item, if it has one this time. */
  judge: (item: TaskSubmit) => Problem | undefined = () => undefined;
  /** Before a post with so many items is looked at: the answer that keeps it out. */
  admit: (items: number) => Response | undefined = () => undefined;
  /** How long an answer takes; a test moves its clock. */
  delay: () => Promise<void> = () => Promise.resolve();

  readonly fetch: Fetch = async (url, { body, headers }) => {
    const text = body as string;
    const sent = JSON.parse(text) as TaskSubmit & { readonly tasks?: TaskSubmit[] };
    const idempotencyKey = new Headers(headers).get('Idempotency-Key') ?? undefined;
    const bytes = Buffer.byteLength(text);
    this.posts.push({ path: new URL(url).pathname, bytes, items: sent.tasks ?? [sent], idempotencyKey });
    this.mostInFlight = Math.max(this.mostInFlight, ++this.#inFlight);
    await this.delay();
    this.#inFlight--;
    const failure = this.failures.shift();
    if (failure instanceof Error) throw failure;
    if (failure) return failure;
    const refusal = this.admit(sent.tasks?.length ?? 1);
    if (refusal) return refusal;
    if (sent.tasks) return jsonResponse(200, { results: sent.tasks.map((item, index) => this.#answer(item, index)) });
    const { status, task, problem } = this.#answer(sent, 0);
    return jsonResponse(status, task ?? problem);
  };

  #answer(item: TaskSubmit, index: number): BatchItem {
    const problem = this.judge(item);
    if (problem) return { index, status: problem.status, task: null, problem, location: null };
    const taskId = item.taskId ?? 'of-the-key';
    const status = this.tasks.has(taskId) ? 200 : 202;
    const task = this.tasks.get(taskId) ?? taskOf(taskId, { type: item.type!, tags: item.tags ?? [] });
    this.tasks.set(taskId, task);
    return { index, status, task, problem: null, location: `/tasks/${taskId}` };
  }
}
