import { describe, expect, it } from 'vitest';
import { LedgerUnavailable } from '../core/ports.ts';
import { Refusal } from '../core/refusal.ts';
import { GivenConnections, taskOf } from '../testing/given-connections.ts';
import { keyOf } from '../testing/given-identity.ts';

const MINUTE = 60_000;
const ANNA = keyOf('acme', 'key:anna');
const BERT = keyOf('acme', 'key:bert');

async function given() {
  const house = new GivenConnections([ANNA, BERT]);
  return { house, ...(await house.open(ANNA, 'tasks')) };
}

describe('a look at all connections', () => {
  it('says goodbye once, five minutes before the planned end that the welcome named, and then ends it', async () => {
    const { house, viewer } = await given();
    const [welcome] = viewer.messages;
    await house.pass(104 * MINUTE);
    await house.care();
    expect(viewer.kinds).not.toContain('goodbye');
    await house.pass(MINUTE);
    await house.care();
    await house.care();
    const goodbyes = viewer.messages.filter(({ kind }) => kind === 'goodbye');
    expect(goodbyes).toEqual([
      { kind: 'goodbye', reason: 'lifetime', closesAt: (welcome as { closesAt: string }).closesAt },
    ]);
    await house.pass(5 * MINUTE);
    await house.care();
    expect([viewer.isClosed, house.entries]).toEqual([true, []]);
  });

  it('ends the connections of an identity that was revoked, and no others', async () => {
    const { house, viewer } = await given();
    const other = await house.open(BERT, 'tasks');
    house.identity.revokeElsewhere('key:anna');
    await house.care();
    expect([viewer.isClosed, other.viewer.isClosed]).toEqual([true, false]);
    await house.tell('acme', [taskOf('a', 1)]);
    expect([viewer.tasks.length, other.viewer.tasks.length]).toEqual([0, 1]);
  });

  it('ends a connection whose identity has expired, without asking anybody', async () => {
    const short = keyOf('acme', 'token', { expiresAtMs: 1 });
    const house = new GivenConnections([short]);
    await house.connections.join({ id: 'c1=', principal: short });
    await house.pass(10);
    const before = house.identity.looks;
    await house.care();
    expect([house.identity.looks, house.entries]).toEqual([before, []]);
  });

  it('asks once for each identity, however many connections it has', async () => {
    const { house } = await given();
    for (let n = 0; n < 30; n += 1) await house.open(ANNA);
    const before = house.identity.looks;
    await house.care();
    expect(house.identity.looks).toBe(before + 1);
  });

  it('ends nobody when nobody can be asked, but for five minutes of that', async () => {
    const { house, viewer } = await given();
    house.identity.fault = new LedgerUnavailable('away');
    await house.care();
    await house.pass(5 * MINUTE - 1);
    await house.care();
    expect(viewer.isClosed).toBe(false);
    house.identity.fault = undefined;
    await house.care();
    house.identity.fault = new LedgerUnavailable('away');
    await house.care();
    await house.pass(4 * MINUTE);
    await house.care();
    expect(viewer.isClosed).toBe(false);
    await house.pass(MINUTE);
    await house.care();
    expect(viewer.isClosed).toBe(true);
  });

  it('takes a refusal of the identity for its end', async () => {
    const { house, viewer } = await given();
    house.identity.fault = new Refusal('unauthenticated', 'no');
    await house.care();
    expect(viewer.isClosed).toBe(true);
  });

  it('keeps a connection that the gateway could not end, and ends it at the next look', async () => {
    const { house, viewer } = await given();
    house.identity.revokeElsewhere('key:anna');
    const close = house.gateway.close.bind(house.gateway);
    house.gateway.close = () => Promise.resolve('failed');
    await house.care();
    expect(house.entries).not.toEqual([]);
    house.gateway.close = close;
    await house.care();
    expect([viewer.isClosed, house.entries]).toEqual([true, []]);
  });

  it('tells again of what was missed while it told', async () => {
    const { house, id, viewer } = await given();
    await house.connections.noteMissed(id);
    const post = house.gateway.post.bind(house.gateway);
    house.gateway.post = async (to, frame) => {
      const posted = await post(to, frame);
      await house.connections.noteMissed(id);
      return posted;
    };
    await house.care();
    house.gateway.post = post;
    await house.care();
    await house.care();
    expect(viewer.resyncs).toHaveLength(2);
  });

  it('forgets who is gone, and a fault of one keeps nobody else from his turn', async () => {
    const { house, id, viewer } = await given();
    const other = await house.open(BERT, 'tasks');
    for (const each of [id, other.id]) await house.connections.noteMissed(each);
    viewer.isClosed = true;
    const change = house.connections.change.bind(house.connections);
    house.connections.change = (connection, fate) =>
      connection.id === other.id ? Promise.reject(new LedgerUnavailable('away')) : change(connection, fate);
    await house.care();
    expect(await house.connections.find(id)).toBeUndefined();
    expect(other.viewer.resyncs).toEqual(['overload: tasks']);
    expect(house.simulated.log.at(-1)).toMatchObject({ event: 'live-uncared', fields: { faults: 1 } });
  });
});
