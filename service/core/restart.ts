/** What a server does with the attempts of an earlier boot, whose processes are known to be gone with it. */
import { follow, winners } from './follow.ts';
import type { Ports } from './ports.ts';
import { reap } from './reap-move.ts';
import type { Rules } from './rules.ts';
import type { LedgerTask } from './task.ts';

/**
 * Ends attempts that died with the server: charged to nobody, and suspect only at the third time in a row [S13]. Answers
 * how many could not be written.
 */
export async function reapLostWithServer(ports: Ports, rules: Rules, tasks: readonly LedgerTask[]): Promise<number> {
  const at = { nowMs: ports.clock.nowMs(), rules };
  const { random } = ports;
  const moves = tasks.map((task) =>
    reap(task, { cause: 'server', owner: random.token(), random: random.uniform(), known: true }, at),
  );
  const results = await ports.ledger.apply(moves);
  await follow(ports, rules, winners(moves, results));
  return results.filter(({ kind }) => kind === 'failed').length;
}
