import { describe, expect, it } from 'vitest';
import { playLoad } from './load-runs.ts';
import { LOAD_SABOTAGES } from './load-sabotages.ts';

const ON_TWIN = LOAD_SABOTAGES.find(({ name }) => name === 'backoff without jitter')!;

/** What nobody sweeps is waited for, a minute at a time. */
const ALONE_WITHIN_MS = 400_000;
/** Processes that crash and come again need the cores for themselves: what heals within a minute would not beside others. */
const needsTheCores = ({ scenario }: { scenario: string }): boolean => scenario === 'faults';
const SIDE_BY_SIDE = LOAD_SABOTAGES.filter((sabotage) => !needsTheCores(sabotage));
const ALONE = LOAD_SABOTAGES.filter(needsTheCores);

describe.concurrent('a load run', () => {
  // The other scenarios keep theirs in load/check.ts, and here but for those that a sabotage names.
  it('keeps its bars where nothing was changed: live', async ({ onTestFinished }) => {
    expect(await playLoad(undefined, { scenario: 'live', engine: 'one-machine' }, onTestFinished)).toEqual([]);
  });

  it.for(SIDE_BY_SIDE)('notices: $name ($scenario)', async (sabotage, { onTestFinished }) => {
    const broken = await playLoad(sabotage, { ...sabotage, engine: 'one-machine' }, onTestFinished);
    expect(broken).toEqual(sabotage.breaks);
  });
});

describe('a load run that needs the cores for itself', () => {
  it.for(ALONE)('notices: $name ($scenario)', { timeout: ALONE_WITHIN_MS }, async (sabotage, { onTestFinished }) => {
    const broken = await playLoad(sabotage, { ...sabotage, engine: 'one-machine' }, onTestFinished);
    expect(broken.filter((metric) => !sabotage.mayBreak?.includes(metric))).toEqual(sabotage.breaks);
  });

  it(`notices on the twin: ${ON_TWIN.name}`, { timeout: ALONE_WITHIN_MS }, async ({ onTestFinished }) => {
    expect(await playLoad(ON_TWIN, { ...ON_TWIN, engine: 'twin' }, onTestFinished)).toEqual(ON_TWIN.breaks);
  });
});
