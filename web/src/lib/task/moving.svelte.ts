/**
 * What an operator does to a task: chosen, given a reason, confirmed, and sent (but for a cancel) with the version that was
 * seen, so that nobody acts on what has changed meanwhile.
 */
import type { TaskDetail } from '@holdfast/api/types';
import type { Holdfast } from '@holdfast/sdk';
import { isProblem } from '@holdfast/sdk';
import { troubleOf } from '#lib/problem.ts';
import { toasts } from '#lib/ui/toasts.svelte.ts';
import type { TaskView } from './task-view.svelte.ts';
import { isFinal } from './story.ts';

export type Move = 'cancel' | 'redrive' | 'discard';
/** `edit` is a redrive with another payload. */
export type Step = Move | 'edit';

const DONE: Readonly<Record<Move, string>> = {
  cancel: 'Cancel requested',
  redrive: 'Runs again',
  discard: 'Discarded',
};
const NOT_DONE: Readonly<Record<Move, string>> = {
  cancel: 'The task was not cancelled',
  redrive: 'The task was not redriven',
  discard: 'The task was not discarded',
};
/** The announcement of a death takes a moment; the client of the API has tried a few times already. */
const ANNOUNCED_WITHIN_TRIES = 10;
const NEXT_TRY_MS = 500;

export function stepsFor({ status, cancelRequested, discarded }: TaskDetail): readonly Step[] {
  if (status === 'dead') return discarded ? ['redrive', 'edit'] : ['redrive', 'edit', 'discard'];
  return isFinal(status) || cancelRequested ? [] : ['cancel'];
}

export class Moving {
  step = $state<Step | null>(null);
  reason = $state('');
  isBusy = $state(false);
  error = $state.raw<unknown>(null);
  /** Refused because the task is no longer what was seen. */
  readonly isOvertaken = $derived(isProblem(this.error, 'stale-version'));
  /** The version that was seen when the step was chosen. */
  seenVersion = $state(0);
  readonly #view: TaskView;
  readonly #holdfast: Holdfast;

  constructor(view: TaskView, holdfast: Holdfast) {
    this.#view = view;
    this.#holdfast = holdfast;
  }

  choose(step: Step): void {
    this.step = step;
    this.reason = '';
    this.error = null;
    this.#look();
  }

  drop(): void {
    this.step = null;
  }

  /** `payload` takes the place of the task's own. Answers whether it was done. */
  async confirm(payload?: Readonly<Record<string, unknown>>): Promise<boolean> {
    const { step } = this;
    if (this.isBusy || step === null) return false;
    const move = step === 'edit' ? 'redrive' : step;
    this.isBusy = true;
    this.error = null;
    try {
      this.#view.take(await this.#send(move, payload));
      toasts.show(DONE[move]);
      if (this.step === step) this.step = null;
      return true;
    } catch (error) {
      await this.#failed(step, error);
      return false;
    } finally {
      this.isBusy = false;
    }
  }

  /** Whoever has left the step meanwhile looks elsewhere. */
  async #failed(step: Step, error: unknown): Promise<void> {
    const { title, detail } = troubleOf(error);
    if (this.step === step) this.error = error;
    else toasts.show(`${NOT_DONE[step === 'edit' ? 'redrive' : step]}. ${title}: ${detail}`, 'trouble');
    await this.#view.refresh();
    if (isProblem(error, 'stale-version')) this.#look();
  }

  #look(): void {
    this.seenVersion = this.#view.detail?.version ?? 0;
  }

  async #send(move: Move, payload: Readonly<Record<string, unknown>> | undefined): Promise<TaskDetail> {
    const reason = this.reason.trim() === '' ? undefined : this.reason;
    const { taskId } = this.#view;
    // It means the same whatever the task has come to meanwhile, and a running one changes all the time.
    if (move === 'cancel') return this.#holdfast.cancel(taskId, { reason });
    const options = { reason, ifVersion: this.seenVersion };
    for (let tries = 1; ; tries++) {
      try {
        return await (move === 'redrive'
          ? this.#holdfast.redrive(taskId, { ...options, payload })
          : this.#holdfast[move](taskId, options));
      } catch (error) {
        if (!isProblem(error, 'not-announced-yet') || tries === ANNOUNCED_WITHIN_TRIES) throw error;
        await new Promise((resolve) => setTimeout(resolve, NEXT_TRY_MS));
        // That the death was announced is a change, and the one that was waited for.
        await this.#view.refresh();
        if (this.#view.detail?.status === 'dead') options.ifVersion = this.#view.detail.version;
      }
    }
  }
}
