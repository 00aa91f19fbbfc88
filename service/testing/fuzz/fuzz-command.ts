/**
 * npm run fuzz -- --requests N | --frames N [--seed N] [--at-once N] [--until-broken]. Requests go to a real server in a folder of its own,
 * frames to the live channel in this process. Ends with 1 on a finding.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { givenIdentities } from '../identities.ts';
import { freePort, startServer } from '../real-server.ts';
import { callersOf } from './callers.ts';
import { describedFrames, fuzzFrames } from './frame-fuzz.ts';
import { describedReport, fuzz } from './fuzz.ts';

const { values } = parseArgs({
  options: {
    requests: { type: 'string', default: '10000' },
    frames: { type: 'string' },
    'until-broken': { type: 'boolean', default: false },
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
    'at-once': { type: 'string', default: '16' },
  },
});

function count(name: 'requests' | 'frames' | 'seed' | 'at-once'): number {
  const value = Number(values[name]);
  if (Number.isSafeInteger(value) && value >= 0) return value;
  console.error(`--${name} takes a whole number, not "${values[name]}".`);
  process.exit(2);
}

async function requests(): Promise<boolean> {
  const dataDir = mkdtempSync(join(tmpdir(), 'holdfast-fuzz-'));
  const identities = await givenIdentities();
  const server = await startServer({ dataDir, port: await freePort(), env: identities.env });
  try {
    const options = { port: server.port, seed: count('seed'), requests: count('requests'), atOnce: count('at-once') };
    const report = await fuzz({ ...options, callers: await callersOf(server.url, identities) });
    console.log(describedReport(report));
    return report.findings.length > 0;
  } finally {
    await server.killAll();
    await identities.issuer.close();
    rmSync(dataDir, { recursive: true });
  }
}

async function frames(): Promise<boolean> {
  const sizes = { seed: count('seed'), frames: count('frames'), atOnce: count('at-once') };
  const report = await fuzzFrames({ ...sizes, ...(values['until-broken'] && { mostFindings: 1 }) });
  console.log(describedFrames(report));
  return report.findings.length > 0;
}

const hasFindings = await (values.frames === undefined ? requests() : frames());
process.exitCode = hasFindings ? 1 : 0;
