/** Who asks. Every operation gets one, so that no query, cursor or move can forget whose data it touches. [S14] */
import type { Scope } from '@holdfast/api/operation';

export interface Principal {
  readonly tenant: string;
  /** Recorded in the history of what it moves. */
  readonly subject: string;
  readonly scopes: ReadonlySet<Scope>;
}

/** Whoever reaches a server on its own machine. */
export const LOCAL: Principal = {
  tenant: 'local',
  subject: 'local',
  scopes: new Set<Scope>(['tasks:submit', 'tasks:read', 'tasks:operate']),
};
