import { describe, expect, it } from 'vitest';
import { playLoad } from './load-runs.ts';
import { LOAD_SABOTAGES } from './load-sabotages.ts';

describe('a load run', () => {
  it.each([...new Set(LOAD_SABOTAGES.map(({ scenario }) => scenario))])(
    'passes without a sabotage: %s',
    async (scenario) => {
      expect(await playLoad(undefined, scenario)).toEqual({ code: 0, broken: [] });
    },
  );

  it.each(LOAD_SABOTAGES)('notices: $name ($scenario)', async (sabotage) => {
    expect(await playLoad(sabotage, sabotage.scenario)).toEqual({ code: 99, broken: sabotage.breaks });
  });
});
