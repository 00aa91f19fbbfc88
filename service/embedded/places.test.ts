import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DAY } from '../core/rules.ts';
import { Places, TenantsAbout } from './places.ts';

const time = { nowMs: 1, monotonicMs: () => time.nowMs };

/** How many of `size` places a tenant gets that wants all that are left. */
function fill(places: Places, size: number, tenant: string): number {
  let got = 0;
  for (; places.taken < size && places.mayTake(tenant, size - places.taken); got += 1) places.take(tenant);
  return got;
}

describe('places', () => {
  it('all belong to a tenant that is alone', () => {
    expect(fill(new Places(false, new TenantsAbout(time)), 50, 'alpha')).toBe(50);
  });

  it.each([
    [50, [45, 4, 1, 0]],
    [100, [90, 9, 1, 0]],
    [4, [3, 1, 0, 0]],
    [2, [1, 1, 0, 0]],
    [1, [1, 0, 0, 0]],
  ])('of which there are %i go to those that come one after the other: %j', (size, shares) => {
    const tenants = ['alpha', 'beta', 'gamma', 'delta'];
    const places = new Places(false, new TenantsAbout(time, tenants));
    expect(tenants.map((tenant) => fill(places, size, tenant))).toEqual(shares);
  });

  it('are shared with who was seen within a day, and with nobody after', () => {
    const about = new TenantsAbout(time, ['alpha', 'beta']);
    time.nowMs += DAY;
    about.see('alpha');
    expect(about.areSeveral).toBe(true);
    time.nowMs += 1;
    about.see('alpha');
    expect(about.areSeveral).toBe(false);
  });

  it('that come free go to whoever holds less, until all hold about the same', () => {
    const random = fc.sample(fc.nat(1_000_000), { numRuns: 4_000, seed: 1 });
    const places = new Places(false, new TenantsAbout(time, ['alpha', 'beta']));
    const held = ['alpha', 'beta'].flatMap((tenant) => Array.from({ length: fill(places, 50, tenant) }, () => tenant));
    for (const any of random) {
      places.leave(held.splice(any % held.length, 1)[0]!);
      for (const tenant of ['alpha', 'beta']) {
        if (places.mayTake(tenant, 50 - places.taken)) held.push((places.take(tenant), tenant));
      }
    }
    const alphas = held.filter((tenant) => tenant === 'alpha').length;
    expect(held.length).toBeGreaterThanOrEqual(45);
    expect(Math.abs(2 * alphas - held.length)).toBeLessThanOrEqual(10);
  });
});
