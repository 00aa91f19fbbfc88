import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { freePort, startServer } from '../real-server.ts';
import type { Report } from './fuzz.ts';
import { describedReport, fuzz, unseen } from './fuzz.ts';

const REQUESTS = 10_000;
/** Of the gate and the transport: the same for all operations, so that one of them is enough. */
const FOR_ALL = ['403', '413', '415', '421'];

async function fuzzed(): Promise<{ report: Report; output: string }> {
  const dataDir = mkdtempSync(join(tmpdir(), 'holdfast-fuzz-'));
  const server = await startServer({ dataDir, port: await freePort(), env: { LOG_LEVEL: 'debug' } });
  try {
    // Another plan every time; a finding prints its seed.
    const report = await fuzz({ port: server.port, seed: Date.now() % 1_000_000, requests: REQUESTS });
    return { report, output: server.output() };
  } finally {
    await server.killAll();
    rmSync(dataDir, { recursive: true });
  }
}

it(`no answer to ${REQUESTS} requests made from the contract breaks it, no receipt is lost, and no line repeats them`, async () => {
  const { report, output } = await fuzzed();
  const { findings, receipts, answers, marker } = report;
  expect(findings, describedReport(report)).toEqual([]);
  expect(receipts).toBeGreaterThan(2_000);
  const rare = unseen(report).filter((name) => !FOR_ALL.some((status) => name.endsWith(status)));
  const seen = FOR_ALL.filter((status) => [...answers.keys()].some((name) => name.endsWith(status)));
  expect({ rare, seen }).toEqual({ rare: [], seen: FOR_ALL });
  const lines = output.split('\n').filter((line) => line.includes('"event":"request"'));
  expect(lines.length).toBeGreaterThan(REQUESTS / 2);
  expect(output.split('\n').filter((line) => line.includes(marker))).toEqual([]);
});
