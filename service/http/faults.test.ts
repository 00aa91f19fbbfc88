// Every 500 and 503 that the contract lists, provoked by a house that fails, and none where it lists none.
import type { Problem } from '@holdfast/api/types';
import { describe, expect, it } from 'vitest';
import type { KeyValue, Ledger } from '../core/ports.ts';
import { LedgerUnavailable } from '../core/ports.ts';
import type { Entry } from '../testing/contract-examples.ts';
import { bodiesOf, entries, pathFor, statusesOf } from '../testing/contract-examples.ts';
import type { Door } from './door-under-test.ts';
import { breakable } from '../testing/given-lab.ts';
import { openDoor } from './door-under-test.ts';

/** Of whoever it is asked, the identity alone has to be looked up. */
const SENDER = { authorization: `Bearer holdfast_acme_unknown00key_${'s'.repeat(40)}` };

const askAsOwner = (door: Door, entry: Entry, headers = {}) =>
  door.ask<Problem>(`${entry.method} ${pathFor(entry.path, 'one')}`, bodiesOf(entry)[0], { headers });

const ask = (door: Door, entry: Entry) => askAsOwner(door, entry, entry.operationId === 'getIdentity' ? SENDER : {});

const lists = (status: number) => (entry: Entry) => statusesOf(entry).includes(status);
/** The catalogue of types is known without the ledger. */
const askTheLedger = entries.filter(({ scope, operationId }) => scope !== null && operationId !== 'listTypes');

/** A ledger whose every call fails. */
function failing(error: Error): Ledger {
  const fail = () => Promise.reject(error);
  const reads = { get: fail, overdue: fail, list: fail, attemptDetail: fail, counts: fail, oldestOverdue: fail };
  return { submit: fail, apply: fail, ...reads };
}

/** Its reads and writes fail alike. */
function failingKeys(error: Error): KeyValue {
  const fail = () => Promise.reject(error);
  return { get: fail, swap: fail, add: fail, list: fail };
}

const outOf = (error: Error) => ({ ledger: failing(error), keyValue: failingKeys(error) });

function fault(): never {
  throw new RangeError('a fault of ours');
}

/** Nothing behind the door works, down to the version it would tell. */
function brokenDoor(): Door {
  const door = openDoor({
    house: { facts: fault, loaded: fault },
    ports: outOf(new RangeError('a fault of ours')),
  });
  breakable(door);
  Object.defineProperty(door.house, 'version', { get: fault });
  return door;
}

describe('a house that fails', () => {
  it.each(entries)('$operationId answers 500 with the request id that the log has', async (entry) => {
    const door = brokenDoor();
    const { status, body, headers } = await ask(door, entry);
    expect({ status, code: body.code }).toEqual({ status: 500, code: 'internal' });
    expect(door.log).toMatchObject([{ event: 'request-failed', fields: { requestId: headers.get('x-request-id') } }]);
  });

  it.each(askTheLedger)('$operationId answers 503 when the ledger gives no answer', async (entry) => {
    const door = openDoor({ ports: outOf(new LedgerUnavailable()) });
    breakable(door);
    const { status, body, headers } = await ask(door, entry);
    expect({ status, code: body.code, retry: headers.get('retry-after') }).toEqual({
      status: 503,
      code: 'ledger-unavailable',
      retry: '2',
    });
  });

  it.each(entries.filter(lists(503)))('$operationId answers 503 while the server stops', async (entry) => {
    const door = openDoor();
    door.stop();
    const { status, headers } = await askAsOwner(door, entry);
    expect({ status, retry: headers.get('retry-after') }).toEqual({ status: 503, retry: '5' });
  });

  it('says that it lives, whatever else is wrong', async () => {
    const alive = entries.filter((entry) => !lists(503)(entry));
    expect(alive.map(({ operationId }) => operationId)).toEqual(['getHealth']);
    const door = openDoor({ ports: outOf(new LedgerUnavailable()) });
    door.stop();
    for (const entry of alive) expect((await ask(door, entry)).status).toBe(200);
  });
});
