// The steps of the gate, each with a budget and its time. All of them run, whatever fails, and the last line counts:
// one for each test and one for each other step.
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join, relative } from 'node:path';
import { ROOT, runNode, wasInterrupted } from './pinned-node.mjs';
import { CannotRun } from './sentences.mjs';

const REPORTS = join(ROOT, '.cache', 'toolchain');
/** A step that hangs is ended; one that is merely slow is named. */
const ENDED_AFTER_BUDGETS = 3;

const vitest = (project) => ['node_modules/vitest/vitest.mjs', 'run', '--project', project];

const DEPCRUISE = [
  'node_modules/dependency-cruiser/bin/dependency-cruiser.mjs',
  '--config',
  'dependency-cruiser.config.mjs',
];

const STEPS = {
  contract: { budgetSeconds: 30, args: ['api/generate.ts', '--check'] },
  format: { budgetSeconds: 30, args: ['node_modules/prettier/bin/prettier.cjs', '--check', '--log-level=warn', '.'] },
  lint: { budgetSeconds: 120, args: ['node_modules/eslint/bin/eslint.js', '.'] },
  imports: { budgetSeconds: 30, args: [...DEPCRUISE, 'api', 'service', 'web/src', 'load'] },
  types: { budgetSeconds: 30, args: ['node_modules/@typescript/native/bin/tsc', '-p', '.'] },
  'web types': { budgetSeconds: 30, args: ['service/toolchain/dashboard.mjs', 'types'] },
  dashboard: { budgetSeconds: 30, args: ['service/toolchain/dashboard.mjs', 'build'] },
  tests: { budgetSeconds: 240, args: vitest('fast'), isTests: true },
  browser: { budgetSeconds: 120, args: ['service/toolchain/browser.mjs'] },
  'component tests': { budgetSeconds: 90, args: vitest('components'), isTests: true },
  load: { budgetSeconds: 300, args: ['load/check.ts'], isCounted: true },
  'slow tests': { budgetSeconds: 2_700, args: vitest('slow'), isTests: true },
};

/** Answers the exit code. */
export async function runSteps(names) {
  let passed = 0;
  let failed = 0;
  const lines = [];
  const failures = [];
  for (const name of names) {
    const outcome = await runStep(name, STEPS[name]);
    if (wasInterrupted()) throw new CannotRun('Interrupted.');
    passed += outcome.passed;
    failed += outcome.failed;
    lines.push(outcome.line);
    failures.push(...outcome.failures);
  }
  console.log(`\n${[...failures, ...lines].join('\n')}\n`);
  console.log(`${passed} passed, ${failed} failed`);
  return failed === 0 ? 0 : 1;
}

async function runStep(name, { budgetSeconds, args, isTests = false, isCounted = false }) {
  console.log(`\n— ${name} (budget ${budgetSeconds} s)`);
  const report = join(REPORTS, `${name.replace(' ', '-')}.json`);
  mkdirSync(REPORTS, { recursive: true });
  rmSync(report, { force: true });
  const reporting = isTests
    ? ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`]
    : isCounted
      ? ['--report', report]
      : [];
  const startMs = Date.now();
  const code = await runNode([...args, ...reporting], { withinMs: budgetSeconds * 1_000 * ENDED_AFTER_BUDGETS });
  const seconds = (Date.now() - startMs) / 1_000;
  const { passed, failed, failures } = isTests ? testOutcomes(report, code) : countedOutcomes(report, code);
  const over = seconds > budgetSeconds ? `, over its budget of ${budgetSeconds} s` : '';
  const line = `${failed === 0 ? 'ok    ' : 'FAILED'} ${name}: ${passed} passed, ${failed} failed, ${seconds.toFixed(1)} s${over}`;
  return { passed, failed, failures, line };
}

/** One, unless the step has counted for itself. */
function countedOutcomes(report, code) {
  const failedAtLeast = code === 0 ? 0 : 1;
  if (!existsSync(report)) return { passed: 1 - failedAtLeast, failed: failedAtLeast, failures: [] };
  const { passed, failed, failures } = JSON.parse(readFileSync(report, 'utf8'));
  return { passed, failed: Math.max(failed, failedAtLeast), failures };
}

/** A run that ended badly has failed, also when no test of it did. */
function testOutcomes(report, code) {
  if (!existsSync(report)) return { passed: 0, failed: 1, failures: [] };
  const { numPassedTests, numFailedTests, testResults } = JSON.parse(readFileSync(report, 'utf8'));
  const failed = Math.max(numFailedTests, code === 0 ? 0 : 1);
  return { passed: numPassedTests, failed, failures: testResults.flatMap(failuresOf) };
}

/** Each with the first line of what it said, for the rest may be thousands of lines above. A file may fail without a test. */
function failuresOf({ name: file, message, assertionResults }) {
  const failed = assertionResults.filter(({ status }) => status === 'failed');
  const all = failed.map(({ fullName, failureMessages: [said = ''] }) => [fullName, said]);
  if (all.length === 0 && message) all.push(['', message]);
  return all.map(([test, said]) => `failed ${relative(ROOT, file)} ${test}: ${said.split('\n')[0]}`);
}
