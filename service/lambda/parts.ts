/** What the functions on AWS are made of. Each function takes what it needs of it, so that tests and the twin can give it. */
import type { Gateway } from '../aws/gateway.ts';
import type { Ports, Publisher } from '../core/ports.ts';
import type { Rules } from '../core/rules.ts';
import type { House } from '../http/house.ts';

/** Events are kept back so that a batch is told of in one message; whoever ends an invocation sends what is left. */
export interface HeldPublisher extends Publisher {
  /** Best effort, as `publish`: never rejects. */
  flush(): Promise<void>;
}

export interface Parts {
  readonly ports: Ports & { readonly publisher: HeldPublisher };
  readonly rules: Rules;
  /** Of the functions that answer requests. */
  readonly house: House;
  readonly gateway: Gateway;
}
