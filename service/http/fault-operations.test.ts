import type { FaultLab, Problem } from '@holdfast/api/types';
import { describe, expect, it } from 'vitest';
import { breakable } from '../testing/given-lab.ts';
import { twoIdentities } from '../testing/two-tenants.ts';
import type { Door } from './door-under-test.ts';
import { openDoor } from './door-under-test.ts';
import type { House } from './house.ts';
import { LOCAL } from './principal.ts';

const NOTHING = {
  types: [],
  doorbell: { loseRate: 0, duplicateRate: 0 },
  ledger: { refuseRate: 0, loseReplyRate: 0 },
  endsAfterSeconds: 600,
};

function openLab(house: Partial<House> = {}): Door {
  const door = openDoor({ house });
  breakable(door);
  return door;
}

const reading = (): Partial<House> => ({
  identity: {
    of: () => ({ ...LOCAL, scopes: new Set(['tasks:read'] as const) }),
    stands: () => true,
    onEnded: () => undefined,
  },
});

describe('faults', () => {
  it.each(['GET /faults', 'PUT /faults'])('are refused by %s where they are not allowed', async (line) => {
    const { status, body } = await openDoor().ask<Problem>(line, line.startsWith('PUT') ? {} : undefined);
    expect({ status, code: body.code }).toEqual({ status: 403, code: 'faults-not-allowed' });
  });

  it('are none before somebody has set some', async () => {
    const { body } = await openLab().ask<FaultLab>('GET /faults');
    expect(body).toMatchObject({ faults: NOTHING, endsAt: null });
    expect(Object.values({ ...body.injected, ...body.recovered })).toEqual(new Array(10).fill(0));
  });

  it('are shown with nothing left out, and until when', async () => {
    const door = openLab();
    const types = [{ type: 'simulate', failureRate: 0.5 }];
    const set = await door.ask<FaultLab>('PUT /faults', { types, endsAfterSeconds: 60 });
    const simulate = { type: 'simulate', failureRate: 0.5, failureClass: 'NETWORK', delaySeconds: 0, crashRate: 0 };
    expect(set.body).toMatchObject({
      faults: { ...NOTHING, types: [simulate], endsAfterSeconds: 60 },
      endsAt: new Date(door.time.nowMs + 60_000).toISOString(),
    });
    expect((await door.ask<FaultLab>('GET /faults')).body).toEqual(set.body);
  });

  it('are all replaced, and {} heals everything', async () => {
    const door = openLab();
    await door.ask('PUT /faults', { doorbell: { loseRate: 1 } });
    const replaced = await door.ask<FaultLab>('PUT /faults', { ledger: { refuseRate: 1 } });
    expect(replaced.body.faults).toMatchObject({ doorbell: NOTHING.doorbell, ledger: { refuseRate: 1 } });
    const healed = await door.ask<FaultLab>('PUT /faults', {});
    expect(healed.body).toMatchObject({ faults: NOTHING, endsAt: null });
  });

  it.each([
    { what: 'two of one type', types: [{ type: 'simulate' }, { type: 'simulate' }], pointers: ['/types/1/type'] },
    { what: 'a type that nobody has', types: [{ type: 'absent' }], pointers: ['/types/0/type'] },
    { what: 'a rate above 1', types: [{ type: 'simulate', crashRate: 1.1 }], pointers: ['/types/0/crashRate'] },
  ])('name $what', async ({ types, pointers }) => {
    const { status, body } = await openLab().ask<Problem>('PUT /faults', { types });
    expect({ status, code: body.code }).toEqual({ status: 422, code: 'validation' });
    expect(body.errors?.map(({ pointer }) => pointer)).toEqual(pointers);
  });

  it('are seen by whoever reads tasks, and set by an admin alone', async () => {
    const door = openLab(reading());
    expect((await door.ask('GET /faults')).status).toBe(200);
    const { status, body } = await door.ask<Problem>('PUT /faults', {});
    expect({ status, code: body.code }).toEqual({ status: 403, code: 'insufficient-scope' });
  });

  it('are those of one tenant [S14]', async () => {
    const door = openLab({ identity: twoIdentities });
    const as = (tenant: string) => ({ headers: { authorization: `Bearer ${tenant}` } });
    await door.ask('PUT /faults', { doorbell: { loseRate: 1 } }, as('a'));
    const { body } = await door.ask<FaultLab>('GET /faults', undefined, as('b'));
    expect(body).toMatchObject({ faults: NOTHING, endsAt: null });
  });
});
