/** Short words about what has just happened. They go by themselves, except trouble, which waits until it was seen. */

export interface Toast {
  readonly id: number;
  readonly text: string;
  readonly kind: 'done' | 'trouble';
}

const SHOWN_MS = 4_000;
const AT_MOST = 4;

export class Toasts {
  list = $state.raw<readonly Toast[]>([]);
  #lastId = 0;

  show(text: string, kind: Toast['kind'] = 'done'): void {
    const toast = { id: (this.#lastId += 1), text, kind };
    this.list = [...this.list, toast].slice(-AT_MOST);
    if (kind === 'done') setTimeout(() => this.dismiss(toast.id), SHOWN_MS);
  }

  dismiss(id: number): void {
    this.list = this.list.filter((toast) => toast.id !== id);
  }
}

/** Of this page. */
export const toasts = new Toasts();
