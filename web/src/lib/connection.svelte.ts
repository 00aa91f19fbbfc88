/** How the page hears of changes. The views that follow the live channel report here; the shell shows it. */
import type { FeedState } from '@holdfast/sdk';

export type Heard = Pick<FeedState, 'connection' | 'nextTryAt'>;

export class Connection {
  /** Null where nothing on the page follows anything. */
  heard = $state.raw<Heard | null>(null);

  /** The state of a feed whenever it has changed, and null when the view goes. */
  report(heard: Heard | null): void {
    this.heard = heard;
  }
}
