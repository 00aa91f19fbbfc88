/** Delivers an HTTP request: the real world around deliver.ts. What it may ask and which secrets it has, the environment says. */
import { lookup } from 'node:dns/promises';
import type { HandlerPolicy } from '@holdfast/api/handler';
import type { HttpRequestResult } from '@holdfast/api/types';
import { readAllowList } from './allow-list.ts';
import type { Outside } from './deliver.ts';
import { deliver } from './deliver.ts';
import type { Input } from './message.ts';
import { secretsIn } from './secrets.ts';
import { connect } from './send.ts';

/** Attempts over about seven minutes on average: a receiver may restart in between. */
export const policy: HandlerPolicy = { maxAttempts: 10, timeoutSeconds: 60, backoff: { baseSeconds: 2 } };

// The only place of this type that reads process.env; the server has refused to start on a list that is wrong.
const { EGRESS_ALLOW } = process.env;

const outside: Outside = {
  resolve: (name) => lookup(name, { all: true }),
  connect,
  allow: readAllowList(EGRESS_ALLOW).rules,
  secretsOf: secretsIn(process.env),
  now: () => Date.now(),
};

export const run = (input: Input): Promise<HttpRequestResult> => deliver(input, outside);
