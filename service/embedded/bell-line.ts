/** The bells of one tenant in one lane: those that are visible in line, those of the future in the order they came. */
import type { Bell } from '../core/ports.ts';

export interface Waiting {
  readonly bell: Bell;
  readonly notBeforeMs: number;
  isVisible: boolean;
  before: Waiting | undefined;
  behind: Waiting | undefined;
}

export class BellLine {
  #first: Waiting | undefined;
  #last: Waiting | undefined;

  get first(): Waiting | undefined {
    return this.#first;
  }

  get last(): Waiting | undefined {
    return this.#last;
  }

  append(waiting: Waiting): void {
    waiting.before = this.#last;
    waiting.behind = undefined;
    if (this.#last) this.#last.behind = waiting;
    else this.#first = waiting;
    this.#last = waiting;
  }

  /** It stands in this line. */
  remove({ before, behind }: Waiting): void {
    if (before) before.behind = behind;
    else this.#first = behind;
    if (behind) behind.before = before;
    else this.#last = before;
  }
}

/** Those of one tenant. */
export class BellShare {
  readonly visible = new BellLine();
  readonly future = new BellLine();
  count = 0;
  visibleCount = 0;

  add(waiting: Waiting): void {
    this.#add(waiting, 1);
    this.#lineOf(waiting).append(waiting);
  }

  remove(waiting: Waiting): void {
    this.#add(waiting, -1);
    this.#lineOf(waiting).remove(waiting);
  }

  /** What can be missed best: the newest, of the future if there is one. */
  get leastMissed(): Waiting | undefined {
    return this.future.last ?? this.visible.last;
  }

  #add({ isVisible }: Waiting, by: 1 | -1): void {
    this.count += by;
    if (isVisible) this.visibleCount += by;
  }

  #lineOf({ isVisible }: Waiting): BellLine {
    return isVisible ? this.visible : this.future;
  }
}
