/** What the functions on AWS are made of. Each function takes what it needs of it, so that tests and the twin can give it. */
import type { Gateway } from '../aws/gateway.ts';
import type { Ports, Publisher, Statistics } from '../core/ports.ts';
import type { Rules } from '../core/rules.ts';

/** Kept back so that a batch is told of once; whoever ends an invocation sends what is left. Best effort: never rejects. */
export interface Held {
  flush(): Promise<void>;
}

export interface AwsPorts extends Ports {
  /** Undefined where nothing may be broken on purpose. */
  readonly faults?: Held;
  readonly publisher: Publisher & Held;
  readonly statistics: Statistics & Held;
}

export interface Parts {
  readonly ports: AwsPorts;
  readonly rules: Rules;
  readonly gateway: Gateway;
}
