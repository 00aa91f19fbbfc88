/** What a judge says of one answer: nothing, or the rule that it breaks and how. */
import type { Planned } from './planned.ts';
import type { Answered } from './wire.ts';

export type Rule =
  | 'no answer'
  | 'a fault of the server'
  | 'a status that the contract does not list'
  | 'a body that the contract does not know'
  | 'a problem that contradicts itself'
  | 'no request id'
  | 'an echo of the input'
  | 'refused though right'
  | 'taken though wrong'
  | 'an ETag that is not the version'
  | 'let in without an identity'
  | 'kept out though known'
  | 'let in without the scope'
  | 'kept out though it has the scope'
  | 'something of another tenant'
  | 'a credential in an answer';

export interface Broken {
  readonly rule: Rule;
  readonly why: string;
}

export type Judge = (answered: Answered, planned: Planned, marker: string) => Broken | undefined;
