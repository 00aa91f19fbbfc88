/** One place at the channel, of one identity: from before its handshake is answered until its socket is gone. */
import type { Principal } from '../http/principal.ts';

export type Close = (code: number, reason: string) => void;

export class Seat {
  readonly principal: Principal;
  /** Followed by its connection. */
  topics = 0;
  /** Since when nobody can say whether its identity stands, on the monotonic clock; undefined when somebody could. */
  unansweredSinceMs: number | undefined;
  /** Calls off its end in time. */
  callOff: () => void = () => undefined;
  readonly #mayFollow: (seat: Seat, topics: number) => boolean;
  #hasEnded = false;
  #close: Close = () => undefined;

  constructor(principal: Principal, mayFollow: (seat: Seat, topics: number) => boolean) {
    this.principal = principal;
    this.#mayFollow = mayFollow;
  }

  /** Also before anybody sat down. */
  get hasEnded(): boolean {
    return this.#hasEnded;
  }

  /** From now on there is a connection to close. */
  occupy(close: Close): void {
    this.#close = close;
  }

  /** Answers whether it may follow so many from now on; when not, nothing is different. */
  follow(topics: number): boolean {
    if (topics > this.topics && !this.#mayFollow(this, topics)) return false;
    this.topics = topics;
    return true;
  }

  end(code: number, reason: string): void {
    this.#hasEnded = true;
    this.#close(code, reason);
  }
}
