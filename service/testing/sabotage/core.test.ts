import { afterAll, describe, expect, test } from 'vitest';
import { playCopy, simulationOf } from './copies.ts';
import { SABOTAGES } from './core-sabotages.ts';
import type { Row } from './plays.ts';
import { describeTable, playOnSimulation } from './plays.ts';
import { MOST_EVENTS } from '../shrink.ts';

/** Each starts processes of its own, on a machine that may be busy. */
const WITHIN = { timeout: 240_000 };
const rows: Row[] = [];

afterAll(() => console.log(describeTable(rows)));

describe('a sabotage of one line', () => {
  test('is not needed for what passes: an unchanged copy breaks no invariant', WITHIN, async () => {
    const { isBroken, output } = await playCopy(undefined, simulationOf(60));
    expect(isBroken, output).toBe(false);
  });

  test.each(SABOTAGES)('is caught by an invariant, and made small: $name', WITHIN, async (sabotage) => {
    const { output, isReplayed, ...row } = await playOnSimulation(sabotage);
    rows.push(row);
    expect(sabotage.caughtBy, output).toContain(row.caughtBy);
    const events = Number.parseInt(row.events!);
    expect(events, output).toBeGreaterThan(0);
    expect(events, output).toBeLessThanOrEqual(MOST_EVENTS);
    expect(isReplayed, output).toBe(true);
  });
});
