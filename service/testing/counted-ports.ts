/** Counts what a ledger applied and how many bells were rung, by somebody who is neither. */
import { taskName } from '../core/entry-keys.ts';
import type { Doorbell, Ledger } from '../core/ports.ts';

export class CountedPorts {
  /** Applied moves by name, and tasks by how often a success of theirs was applied. */
  readonly moves = new Map<string, number>();
  readonly successes = new Map<string, number>();
  /** `failedWrites`: answered `failed`, whether they were applied or not. */
  readonly counts = { starts: 0, conflicts: 0, failedReceipts: 0, failedWrites: 0, bells: 0 };

  movesOf(name: string): number {
    return this.moves.get(name) ?? 0;
  }

  protected countedBells(doorbell: Doorbell): Doorbell {
    return {
      ...doorbell,
      ring: (bells) => {
        this.counts.bells += bells.length;
        return doorbell.ring(bells);
      },
    };
  }

  protected counted(ledger: Ledger): Ledger {
    const apply: Ledger['apply'] = async (moves) => {
      const results = await ledger.apply(moves);
      for (const [i, { kind }] of results.entries()) {
        const move = moves[i]!;
        if (kind === 'failed') this.counts.failedWrites += 1;
        if (kind === 'applied') this.moves.set(move.name, this.movesOf(move.name) + 1);
        if (kind === 'applied' && move.name === 'succeed') {
          this.successes.set(taskName(move), (this.successes.get(taskName(move)) ?? 0) + 1);
        }
      }
      return results;
    };
    return new Proxy(ledger, {
      get: (target, name) => {
        if (name === 'apply') return apply;
        const member: unknown = Reflect.get(target, name);
        return typeof member === 'function' ? (member.bind(target) as unknown) : member;
      },
    });
  }
}
