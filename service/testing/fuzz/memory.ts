/** What a run has learned from the server: receipts, versions, fences, pages. Fills in the tokens of a planned request. */
import type { NewApiKey } from '@holdfast/api/types';
import type { Caller } from './callers.ts';
import type { Planned } from './planned.ts';

interface SeenTask {
  readonly taskId: string;
  readonly version: number;
  readonly attempts?: readonly { readonly fence: number }[];
}

const LONGEST = 50;

export const TOKENS = {
  /** The version last seen of the task in the path. */
  etag: '{etag}',
  /** A fence of the task in the path. */
  fence: '{fence}',
  /** An id that the server has made. */
  serverId: '{server-id}',
  /** A key that the run has made. */
  keyId: '{key-id}',
  /** Path and query of the page after the last one. */
  nextPage: '/{next-page}',
  cursor: '{cursor}',
} as const;

const isTask = (value: unknown): value is SeenTask =>
  typeof value === 'object' && value !== null && 'taskId' in value && 'version' in value;

const isNewKey = (value: unknown): value is NewApiKey =>
  typeof value === 'object' && value !== null && 'key' in value && 'keyId' in value;

/** Of one tenant; where nobody is asked who he is there is one. */
export class Memory {
  readonly tenant: string;
  /** The ids of all tasks that were accepted. */
  readonly receipts = new Set<string>();
  readonly #keys: Caller[] = [];
  readonly #keyIds: string[] = [];
  readonly #versions = new Map<string, number>();
  readonly #fences = new Map<string, number>();
  readonly #serverIds: string[] = [];
  readonly #cursors: string[] = [];
  readonly #pages: string[] = [];

  constructor(tenant = '') {
    this.tenant = tenant;
  }

  /** One of the keys that were made. */
  made({ index }: Planned): Caller | undefined {
    return this.#keys[index % this.#keys.length];
  }

  learn(status: number, body: unknown, link?: string): void {
    if (isTask(body)) this.#learnTask(body, status === 202);
    if (isNewKey(body)) this.#learnKey(body);
    const { items, results, nextCursor } = (body ?? {}) as Record<string, unknown>;
    if (Array.isArray(items)) for (const task of items) this.#learnTask(task as SeenTask, false);
    if (Array.isArray(results))
      for (const each of results) this.#learnResult(each as { task: unknown; status: number });
    if (typeof nextCursor === 'string') keep(this.#cursors, nextCursor);
    const page = /^<([^>]+)>/.exec(link ?? '')?.[1];
    if (page !== undefined) keep(this.#pages, page);
  }

  filled(planned: Planned): Pick<Planned, 'target' | 'headers'> {
    const target = this.#filledTarget(planned);
    const taskId = /^\/tasks\/([^/?]+)/.exec(target)?.[1] ?? '';
    const version = this.#versions.get(taskId) ?? 1;
    const headers = Object.entries(planned.headers).map(([name, value]) => [
      name,
      value === TOKENS.etag ? `"${version}"` : value,
    ]);
    const fence = this.#fences.get(taskId) ?? 1;
    return {
      target: target.replace(TOKENS.fence, String(fence)),
      headers: Object.fromEntries(headers) as Planned['headers'],
    };
  }

  #filledTarget({ index, target }: Planned): string {
    const nth = (list: readonly string[], otherwise: string): string => list[index % list.length] ?? otherwise;
    if (target === TOKENS.nextPage) return nth(this.#pages, '/tasks?limit=5');
    return target
      .replace(TOKENS.serverId, nth(this.#serverIds, 'none-yet'))
      .replace(TOKENS.keyId, nth(this.#keyIds, 'aaaaaaaaaaaa'))
      .replace(encodeURIComponent(TOKENS.cursor), encodeURIComponent(nth(this.#cursors, 'none-yet')));
  }

  #learnKey({ key, keyId, scopes }: NewApiKey): void {
    keep(this.#keyIds, keyId);
    this.#keys.push({
      ...{ tenant: this.tenant, scopes: new Set(scopes), authorization: `Bearer ${key}`, isMade: true },
    });
    if (this.#keys.length > LONGEST) this.#keys.shift();
  }

  #learnResult({ task, status }: { readonly task: unknown; readonly status: number }): void {
    if (isTask(task)) this.#learnTask(task, status === 202);
  }

  #learnTask({ taskId, version, attempts }: SeenTask, isAccepted: boolean): void {
    if (isAccepted) this.receipts.add(taskId);
    this.#versions.set(taskId, version);
    const fence = attempts?.at(-1)?.fence;
    if (fence !== undefined) this.#fences.set(taskId, fence);
    if (/^[\da-f]{8}-/.test(taskId)) keep(this.#serverIds, taskId);
  }
}

function keep(list: string[], value: string): void {
  list.push(value);
  if (list.length > LONGEST) list.shift();
}
