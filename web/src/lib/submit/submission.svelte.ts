/**
 * A task that is being written and sent. Whoever presses again because no answer came sends the same task, not a second one:
 * the key of a request is kept until its task is stored.
 */
import type { FieldError, Task, TypeInfo } from '@holdfast/api/types';
import type { AnyTypes, Holdfast } from '@holdfast/sdk';
import { isProblem } from '@holdfast/sdk';
import type { Submission as Written } from '#lib/task/commands.ts';
import type { JsonObject } from './exact-json.ts';
import { PayloadDraft } from './payload-draft.svelte.ts';

export type StartWhen = 'now' | 'delay' | 'at';

export class Submission {
  readonly types: readonly TypeInfo[];
  type = $state('');
  readonly info = $derived.by(() => this.types.find(({ type }) => type === this.type));
  draft = $state.raw(new PayloadDraft({}));
  taskId = $state('');
  startWhen = $state<StartWhen>('now');
  delaySeconds = $state('60');
  /** As a field of the browser has it: without a zone, in that of the reader. */
  runAt = $state('');
  /** Separated by commas or spaces. */
  tags = $state('');
  isSending = $state(false);
  error = $state.raw<unknown>(null);
  readonly errors: readonly FieldError[] = $derived(isProblem(this.error) ? this.error.errors : []);
  done = $state.raw<Task | null>(null);
  readonly #holdfast: Holdfast<AnyTypes>;
  #unstored: { readonly json: string; readonly key: string } | undefined;

  constructor(types: readonly TypeInfo[], holdfast: Holdfast) {
    this.types = types;
    // Types of an installation are known when it runs, not when the dashboard is compiled.
    this.#holdfast = holdfast as unknown as Holdfast<AnyTypes>;
    const first = types.find(({ state }) => state === 'available') ?? types[0];
    if (first) this.type = first.type;
  }

  choose(type: string): void {
    this.type = type;
    this.fill({});
  }

  fill(payload: JsonObject): void {
    this.draft = new PayloadDraft(payload);
    this.error = null;
  }

  /** The same once more, for a new task. */
  like({ type, payload, tags }: { type: string; payload: JsonObject; tags: readonly string[] }): void {
    this.type = type;
    this.fill(payload);
    this.tags = tags.join(' ');
  }

  /** As it would be sent. */
  written(payload: JsonObject): Written {
    const tags = this.tags.split(/[\s,]+/).filter(Boolean);
    return {
      taskId: this.taskId.trim() || undefined,
      type: this.type,
      payload,
      runAt: this.startWhen === 'at' && this.runAt ? momentOf(this.runAt) : undefined,
      delaySeconds: this.startWhen === 'delay' ? Number(this.delaySeconds) : undefined,
      tags: tags.length > 0 ? tags : undefined,
    };
  }

  /** Answers the task when it is stored, null when it was refused or is being sent already. */
  async send(): Promise<Task | null> {
    const payload = this.draft.ready();
    if (this.isSending || payload === null) return null;
    this.isSending = true;
    this.error = null;
    const written = this.written(payload);
    const { type, taskId, runAt, delaySeconds, tags } = written;
    const idempotencyKey = taskId === undefined ? this.#keyOf(written) : undefined;
    try {
      const task = await this.#holdfast.submit(type, payload, { taskId, runAt, delaySeconds, tags, idempotencyKey });
      this.#unstored = undefined;
      this.done = task;
      // The next press is the next task.
      this.taskId = '';
      return task;
    } catch (error) {
      this.error = error;
      return null;
    } finally {
      this.isSending = false;
    }
  }

  #keyOf(written: Written): string {
    const json = JSON.stringify(written);
    if (this.#unstored?.json !== json) this.#unstored = { json, key: randomKey() };
    return this.#unstored.key;
  }
}

/** 128 bits; randomUUID is there with https alone. */
const randomKey = (): string =>
  Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');

const momentOf = (local: string): string => new Date(local).toISOString();
