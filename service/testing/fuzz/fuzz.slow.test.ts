import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { givenIdentities } from '../identities.ts';
import { freePort, startServer } from '../real-server.ts';
import { callersOf } from './callers.ts';
import type { Report, Seen } from './fuzz.ts';
import { describedReport, fuzz, unseen } from './fuzz.ts';

const REQUESTS = 10_000;
/** An answer of a few in ten thousand is missing in one run of fifty: it has five times as many before it is missed. */
const MOST_REQUESTS = 50_000;
/** Of the gate and the transport: the same for all operations, so that one of them is enough. */
const FOR_ALL = ['401', '403', '413', '415', '421'];
/** A run ends hardly ever with a hundred usable keys of one tenant; a test of its own provokes that. */
const SELDOM = ['createKey 409'];
/** What it would break on purpose would be findings. */
const NOT_ALLOWED = ['getFaults 200', 'putFaults 200'];

const rareIn = (seen: Seen): string[] =>
  unseen(seen).filter(
    (name) => ![...SELDOM, ...NOT_ALLOWED].includes(name) && !FOR_ALL.some((status) => name.endsWith(status)),
  );

async function fuzzed(): Promise<{ report: Report; output: string }> {
  const dataDir = mkdtempSync(join(tmpdir(), 'holdfast-fuzz-'));
  const identities = await givenIdentities();
  const env = { ...identities.env, LOG_LEVEL: 'debug' };
  const server = await startServer({ dataDir, port: await freePort(), env });
  try {
    // Another plan every time; a finding prints its seed.
    const callers = await callersOf(server.url, identities);
    const goOn = { mostRequests: MOST_REQUESTS, lacks: (seen: Seen) => rareIn(seen).length > 0 };
    const seed = Date.now() % 1_000_000;
    const report = await fuzz({ port: server.port, seed, requests: REQUESTS, goOn, callers });
    return { report, output: server.output() };
  } finally {
    await server.killAll();
    await identities.issuer.close();
    rmSync(dataDir, { recursive: true });
  }
}

it(`no answer to ${REQUESTS} requests made from the contract breaks it, no receipt is lost, and no line repeats them`, async () => {
  const { report, output } = await fuzzed();
  const { findings, receipts, answers, marker } = report;
  expect(findings, describedReport(report)).toEqual([]);
  expect(receipts).toBeGreaterThan(1_500);
  const seen = FOR_ALL.filter((status) => [...answers.keys()].some((name) => name.endsWith(status)));
  expect({ rare: rareIn(report), seen }).toEqual({ rare: [], seen: FOR_ALL });
  const lines = output.split('\n').filter((line) => line.includes('"event":"request"'));
  expect(lines.length).toBeGreaterThan(REQUESTS / 2);
  expect(output.split('\n').filter((line) => line.includes(marker) || /holdfast_[a-z]+_|eyJhbGci/.test(line))).toEqual(
    [],
  );
});
