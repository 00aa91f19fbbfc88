import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import type { Document } from './contract.ts';
import { Contract } from './contract.ts';
import { Plan } from './plan.ts';

const OPENAPI = readFileSync(fileURLToPath(import.meta.resolve('@holdfast/api/openapi.json')), 'utf8');

describe('a plan', () => {
  const contract = new Contract(JSON.parse(OPENAPI) as Document);
  const planned = (seed: number) => {
    const plan = new Plan({ contract, seed, nowMs: Date.UTC(2026, 0, 1) });
    return Array.from({ length: 500 }, () => plan.next());
  };

  it('is the same for the same seed, and another for another', () => {
    expect(planned(1)).toEqual(planned(1));
    expect(planned(1)).not.toEqual(planned(2));
  });

  it('asks every operation in every way that fits it', () => {
    const asked = Array.from({ length: 5 }, (_, seed) => planned(seed)).flat();
    expect(new Set(asked.map(({ operationId }) => operationId ?? 'none')).size).toBe(contract.operations.length + 1);
    expect(new Set(asked.map(({ mutation }) => mutation)).size).toBeGreaterThan(60);
  });
});
