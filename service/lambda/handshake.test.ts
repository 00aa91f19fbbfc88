import type { Problem } from '@holdfast/api/types';
import { describe, expect, it } from 'vitest';
import { LedgerUnavailable } from '../core/ports.ts';
import { GivenConnections, PAGE } from '../testing/given-connections.ts';
import { keyOf } from '../testing/given-identity.ts';

const ANNA = keyOf('acme', 'key:anna');

async function handshake(given: GivenConnections, headers: Record<string, string>, query?: Record<string, string>) {
  const answer = await given.handshake({ headers, ...(query && { queryStringParameters: query }) });
  const problem = answer.body === undefined ? undefined : (JSON.parse(answer.body) as Problem);
  return { ...answer, said: problem ? `${answer.statusCode} ${problem.code}` : String(answer.statusCode) };
}

const offering = (ticket: string): Record<string, string> => ({
  'Sec-WebSocket-Protocol': `holdfast.v1, ticket.${ticket}`,
});

describe('a handshake on AWS', () => {
  it('is granted once for a ticket, and echoes nothing of it', async () => {
    const given = new GivenConnections([ANNA]);
    const headers = offering(await given.ticketOf(ANNA));
    expect(await handshake(given, headers)).toMatchObject({
      statusCode: 200,
      headers: { 'Sec-WebSocket-Protocol': 'holdfast.v1' },
    });
    expect((await handshake(given, headers)).said).toBe('401 unauthenticated');
  });

  it('comes from a page that CORS_ORIGINS names, or from no page', async () => {
    const given = new GivenConnections([ANNA]);
    const from = async (origin: string) =>
      (await handshake(given, { ...offering(await given.ticketOf(ANNA)), Origin: origin })).said;
    expect(await from(PAGE)).toBe('200');
    expect(await from('https://evil.example.com')).toBe('403 forbidden-origin');
    expect(await from('null')).toBe('403 forbidden-origin');
  });

  it.each([
    ['no protocol', {}, '400 invalid-header'],
    ['another protocol', { 'sec-websocket-protocol': 'chat' }, '400 invalid-header'],
    ['a protocol twice', { 'sec-websocket-protocol': 'holdfast.v1, holdfast.v1' }, '400 invalid-header'],
    ['a protocol that is none', { 'sec-websocket-protocol': 'holdfast.v1, a b' }, '400 invalid-header'],
    ['no ticket', { 'sec-websocket-protocol': 'holdfast.v1' }, '401 unauthenticated'],
    ['two tickets', { 'sec-websocket-protocol': 'holdfast.v1, ticket.a, ticket.b' }, '401 unauthenticated'],
    ['a ticket of nobody', offering('acme_0123456789012345678901234567890123'), '401 unauthenticated'],
  ] as const)('with %s is refused', async (_, headers, said) => {
    const given = new GivenConnections([ANNA]);
    expect((await handshake(given, headers)).said).toBe(said);
    expect(given.entries).toEqual([]);
  });

  it('takes no parameters', async () => {
    const given = new GivenConnections([ANNA]);
    const headers = offering(await given.ticketOf(ANNA));
    expect((await handshake(given, headers, { ticket: 'x' })).said).toBe('400 unknown-parameter');
  });

  it('is refused when the ticket is older than 30 s, and when its identity has ended since', async () => {
    const given = new GivenConnections([ANNA]);
    const old = offering(await given.ticketOf(ANNA));
    await given.pass(30_001);
    expect((await handshake(given, old)).said).toBe('401 unauthenticated');
    const ended = offering(await given.ticketOf(ANNA));
    given.identity.revokeElsewhere('key:anna');
    expect((await handshake(given, ended)).said).toBe('401 unauthenticated');
  });

  it('is refused while the ledger does not answer, and a fault says nothing of itself', async () => {
    const given = new GivenConnections([ANNA]);
    given.identity.fault = new LedgerUnavailable('secret');
    const unavailable = await handshake(given, offering(await given.ticketOf(ANNA)));
    expect(unavailable).toMatchObject({ said: '503 ledger-unavailable', headers: { 'Retry-After': '2' } });
    given.identity.fault = new Error('secret');
    const fault = await handshake(given, offering(await given.ticketOf(ANNA)));
    expect(fault.said).toBe('500 internal');
    expect(JSON.stringify([unavailable, fault])).not.toContain('secret');
    expect(given.simulated.log.map(({ event }) => event)).toContain('request-failed');
  });

  it('is refused for more than 200 connections of an identity, and 2 000 of a tenant', async () => {
    const people = Array.from({ length: 12 }, (_, n) => keyOf('acme', `key:${n}`));
    const other = keyOf('other', 'key:other');
    const given = new GivenConnections([...people, other]);
    for (const person of people.slice(0, 10)) for (let n = 0; n < 200; n += 1) await given.open(person);
    await expect(given.open(people[0]!)).rejects.toThrow('429');
    await expect(given.open(people[11]!)).rejects.toThrow('429');
    await expect(given.open(other)).resolves.toBeDefined();
    await given.disconnect({ requestContext: { connectionId: 'c1=' } } as Parameters<typeof given.disconnect>[0]);
    await expect(given.open(people[11]!)).resolves.toBeDefined();
  });
});
