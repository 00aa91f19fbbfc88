/** Who judges bearer tokens that are no API keys. */
import type { Principal } from '../principal.ts';

export interface TokenJudge {
  /** Who it stands for, when it was judged valid lately: costs a look-up, and asks nobody. */
  readonly known: (token: string) => Principal | undefined;
  /** Undefined: not valid; which part of it is in the log alone. Throws identity-unavailable. */
  readonly judge: (token: string) => Promise<Principal | undefined>;
}
