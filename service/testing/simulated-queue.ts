/** An at-least-once queue of bells: delays, re-delivery of what was not acknowledged, no order. */
import type { Bell } from '../core/ports.ts';
import type { Lane } from '../core/task.ts';

export interface Message {
  readonly bell: Bell;
  isVisible: boolean;
  isGone: boolean;
}

export interface QueueOptions {
  after(ms: number, run: () => void): void;
  /** Which of the visible messages comes next: queues promise no order. */
  pick(count: number): number;
  /** A message that was taken and not acknowledged comes back after this. */
  readonly visibilityMs: number;
}

/** Whole seconds and one more, and no more than a queue delays. */
export const queueDelayMs = (ms: number): number => (ms <= 0 ? 0 : Math.min(900, Math.ceil(ms / 1_000) + 1) * 1_000);

export class SimulatedQueue {
  readonly #lanes: Record<Lane, Message[]> = { fresh: [], recovery: [], isolated: [] };
  readonly #options: QueueOptions;
  onVisible: () => void = () => undefined;

  constructor(options: QueueOptions) {
    this.#options = options;
  }

  send(bell: Bell, delayMs: number): void {
    const message: Message = { bell, isVisible: false, isGone: false };
    this.#lanes[bell.lane].push(message);
    this.#showAfter(message, delayMs);
  }

  take(lane: Lane): Message | undefined {
    const visible = this.#lanes[lane].filter(({ isVisible }) => isVisible);
    const message = visible[this.#options.pick(visible.length)];
    if (message === undefined) return undefined;
    message.isVisible = false;
    this.#showAfter(message, this.#options.visibilityMs);
    return message;
  }

  /** As many as are there, up to `most`. */
  takeSome(lane: Lane, most: number): Message[] {
    const taken: Message[] = [];
    while (taken.length < most) {
      const message = this.take(lane);
      if (message === undefined) break;
      taken.push(message);
    }
    return taken;
  }

  acknowledge(message: Message): void {
    message.isGone = true;
    const lane = this.#lanes[message.bell.lane];
    const at = lane.indexOf(message);
    if (at >= 0) lane.splice(at, 1);
  }

  depth(lane: Lane, tenant: string): number {
    return this.#lanes[lane].filter(({ isVisible, bell }) => isVisible && bell.tenant === tenant).length;
  }

  get size(): number {
    return this.#lanes.fresh.length + this.#lanes.recovery.length + this.#lanes.isolated.length;
  }

  /** The queue restarted empty. */
  loseAll(): void {
    for (const lane of Object.values(this.#lanes)) for (const message of [...lane]) this.acknowledge(message);
  }

  #showAfter(message: Message, ms: number): void {
    this.#options.after(ms, () => {
      if (message.isGone) return;
      message.isVisible = true;
      this.onVisible();
    });
  }
}
