/** How the page hears of changes. The views that follow the live channel report here; the shell shows it. */

export type ConnectionState = 'connecting' | 'live' | 'polling' | 'offline';

export interface Heard {
  readonly connection: ConnectionState;
  /** Epoch milliseconds; of the next try to connect. */
  readonly nextTryAt?: number | undefined;
}

export class Connection {
  /** Null where nothing on the page follows anything. */
  heard = $state.raw<Heard | null>(null);

  report(heard: Heard | null): void {
    this.heard = heard;
  }
}
