/** A view of faults for tests: its server answers with what it is told, and what is planned runs when the test says so. */
import type { FaultLab, FaultSettings } from '@holdfast/api/types';
import { FaultView } from './fault-view.svelte.ts';
import { QUIET, ROUGH } from './fixture.ts';

export class FakeLab {
  /** What a look is answered with. */
  answer: FaultLab | Error;
  /** What the next change is answered with, if not with what it asked for. */
  refused: Error | null = null;
  looks = 0;
  /** Looks are answered after it, with what was there when they were asked. */
  held: Promise<unknown> = Promise.resolve();
  readonly asked: FaultSettings[] = [];
  /** Undefined when nothing is planned. */
  planned: { readonly delayMs: number; readonly run: () => void } | undefined;
  readonly view: FaultView;

  constructor(answer: FaultLab | Error) {
    this.answer = answer;
    this.view = new FaultView({
      holdfast: { faults: () => this.#look(), setFaults: (settings) => this.#set(settings) },
      nowMs: () => 1_000,
      after: (delayMs, run) => {
        const planned = { delayMs, run };
        this.planned = planned;
        return () => (this.planned = this.planned === planned ? undefined : this.planned);
      },
    });
  }

  /** What is planned happens now; resolves when it is answered. */
  async pass(): Promise<void> {
    const { run } = this.planned!;
    this.planned = undefined;
    run();
    await Promise.resolve();
  }

  #look(): Promise<FaultLab> {
    this.looks += 1;
    const { answer } = this;
    return this.held.then(() => (answer instanceof Error ? Promise.reject(answer) : answer));
  }

  #set(settings: FaultSettings): Promise<FaultLab> {
    this.asked.push(settings);
    if (this.refused) return Promise.reject(this.refused);
    const isOn = Object.keys(settings).length > 0;
    this.answer = isOn ? { ...ROUGH, faults: settings } : QUIET;
    return Promise.resolve(this.answer);
  }
}
