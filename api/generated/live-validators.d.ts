// Generated from api/openapi.yaml by `npm run generate`; do not edit.
import type { Validator } from '../validator.ts';
import type { Ping, Subscribe, Unsubscribe } from './types.ts';

export declare const clientMessages: {
  readonly 'subscribe': Validator<Subscribe>;
  readonly 'unsubscribe': Validator<Unsubscribe>;
  readonly 'ping': Validator<Ping>;
};
