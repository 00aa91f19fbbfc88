import { describe, expect, it } from 'vitest';
import { playLoad } from './load-runs.ts';
import { LOAD_SABOTAGES } from './load-sabotages.ts';

const ON_TWIN = LOAD_SABOTAGES.find(({ name }) => name === 'backoff without jitter')!;

describe.concurrent('a load run', () => {
  it.each([...new Set(LOAD_SABOTAGES.map(({ scenario }) => scenario))])('keeps its bars: %s', async (scenario) => {
    expect(await playLoad(undefined, { scenario, engine: 'one-machine' })).toEqual([]);
  });

  it.each(LOAD_SABOTAGES)('notices: $name ($scenario)', async (sabotage) => {
    expect(await playLoad(sabotage, { ...sabotage, engine: 'one-machine' })).toEqual(sabotage.breaks);
  });
});

describe('a load run of the twin', () => {
  it(`notices: ${ON_TWIN.name}`, async () => {
    expect(await playLoad(ON_TWIN, { ...ON_TWIN, engine: 'twin' })).toEqual(ON_TWIN.breaks);
  });
});
