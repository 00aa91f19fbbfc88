/** The process of live-viewers.ts, as a benchmark speaks to it. */
import type { ChildProcess } from 'node:child_process';
import { fork } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import type { Order, Report } from './live-viewers.ts';

export class Viewers {
  readonly #child: ChildProcess = fork(path.join(import.meta.dirname, 'live-viewers.ts'));

  async tell(order: Order): Promise<Report> {
    this.#child.send(order);
    const [answer] = (await once(this.#child, 'message')) as [Report];
    return answer;
  }

  end(): void {
    this.#child.disconnect();
  }
}
