/** Who judges bearer tokens that are no API keys. */
import type { Principal } from '../principal.ts';

export interface TokenJudge {
  /** Who it stands for, when it was judged valid within a minute: costs a hash, and asks nobody. */
  readonly known: (token: string) => Principal | undefined;
  /** Whether it was judged valid at any time and has not ended: whoever sends it is no guesser. */
  readonly wasGood: (token: string) => boolean;
  /** Undefined: not valid; which part of it is in the log alone. Throws identity-unavailable. */
  readonly judge: (token: string) => Promise<Principal | undefined>;
}
