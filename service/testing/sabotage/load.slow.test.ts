import { describe, expect, it } from 'vitest';
import { playLoad } from './load-runs.ts';
import { LOAD_SABOTAGES } from './load-sabotages.ts';

const ON_TWIN = LOAD_SABOTAGES.find(({ name }) => name === 'backoff without jitter')!;

/** Processes that crash and come again need the cores for themselves: what heals within a minute would not beside others. */
const needsTheCores = ({ scenario }: { scenario: string }): boolean => scenario === 'faults';
const SIDE_BY_SIDE = LOAD_SABOTAGES.filter((sabotage) => !needsTheCores(sabotage));
const ALONE = LOAD_SABOTAGES.filter(needsTheCores);

describe.concurrent('a load run', () => {
  it.each([...new Set(SIDE_BY_SIDE.map(({ scenario }) => scenario))])('keeps its bars: %s', async (scenario) => {
    expect(await playLoad(undefined, { scenario, engine: 'one-machine' })).toEqual([]);
  });

  it.each(SIDE_BY_SIDE)('notices: $name ($scenario)', async (sabotage) => {
    expect(await playLoad(sabotage, { ...sabotage, engine: 'one-machine' })).toEqual(sabotage.breaks);
  });
});

describe('a load run that breaks things', () => {
  it('keeps its bars: faults', async () => {
    expect(await playLoad(undefined, { scenario: 'faults', engine: 'one-machine' })).toEqual([]);
  });

  it.each(ALONE)('notices: $name ($scenario)', async (sabotage) => {
    expect(await playLoad(sabotage, { ...sabotage, engine: 'one-machine' })).toEqual(sabotage.breaks);
  });
});

describe('a load run of the twin', () => {
  it(`notices: ${ON_TWIN.name}`, async () => {
    expect(await playLoad(ON_TWIN, { ...ON_TWIN, engine: 'twin' })).toEqual(ON_TWIN.breaks);
  });
});
