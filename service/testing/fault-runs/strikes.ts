/** What the preloads of a server understand: by STRIKE and CLOCK_OFFSET_MS in its environment, and by messages of its parent. */
import path from 'node:path';

export type DatabaseStrike =
  | { readonly kind: 'none' }
  /** The process is killed after the first call of each site that is not in the file yet, which then has it; `reached` has those that were called. */
  | { readonly kind: 'dies-at-each-site'; readonly file: string; readonly reached: string }
  /** … after the first answered call whose text has this part, of a list one with something in it; a line in the file says so. */
  | { readonly kind: 'dies-after'; readonly sql: string; readonly file: string }
  /** Each commit takes so much longer, each other call a hundredth of it. */
  | { readonly kind: 'slow'; readonly delayMs: number }
  /** A call that begins so fails for each n-th item, so often. */
  | {
      readonly kind: 'throws';
      readonly sql: string;
      readonly errcode: number;
      readonly every: number;
      readonly times: number;
    }
  /** The file of the database cannot grow. */
  | { readonly kind: 'full' };

export interface ToServer {
  readonly strike?: DatabaseStrike;
  readonly clockOffsetMs?: number;
}

const preload = (name: string): readonly string[] => ['--import', path.join(import.meta.dirname, 'preload', name)];

export const STRUCK_DATABASE = preload('strike-sqlite.ts');
export const SHIFTED_CLOCK = preload('shift-clock.ts');
