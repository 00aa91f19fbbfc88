import { describe, expect, it } from 'vitest';
import type { Exception } from './audit.ts';
import { verdictOn } from './audit.ts';
import { readLock } from './lock.ts';
import { shippedBy } from './shipped.ts';

const GHSA = 'GHSA-aaaa-bbbb-cccc';
const NOW_MS = Date.UTC(2026, 10, 21, 12);

const via = (severity: string) => ({
  ...{ source: 1101, name: 'hono', dependency: 'hono', title: 'It lets in what it should not', severity },
  ...{ url: `https://github.com/advisories/${GHSA}`, cwe: ['CWE-284'], cvss: { score: 8.1, vectorString: 'CVSS:3.1' } },
  range: '<4.99.0',
});

/** As npm 11 wrote it for one advisory: the package itself, and one that has it only by depending on it. */
const report = (severity: string, node = 'node_modules/hono') => ({
  auditReportVersion: 2,
  vulnerabilities: {
    '@hono/node-server': {
      ...{ name: '@hono/node-server', severity, isDirect: true, via: ['hono'], effects: [], range: '' },
      ...{ nodes: ['node_modules/@hono/node-server'], fixAvailable: false },
    },
    hono: {
      ...{ name: 'hono', severity, isDirect: true, via: [via(severity)], effects: ['@hono/node-server'] },
      ...{ range: '<4.99.0', nodes: [node], fixAvailable: true },
    },
  },
  metadata: { vulnerabilities: { total: 2 }, dependencies: { prod: 9, dev: 370, total: 379 } },
});

const exception = (more: Partial<Exception> = {}): Exception => ({
  ...{ advisory: GHSA, name: 'hono', reason: 'no route of ours uses it', until: '2026-11-21', ...more },
});

const judge = (said: unknown, exceptions: Exception[] = []) =>
  verdictOn(said, { shipped: shippedBy(readLock()), exceptions, nowMs: NOW_MS });

describe('an audit', () => {
  it.each(['high', 'critical', 'dreadful'])('stops for what is %s', (severity) => {
    const blocking = [{ name: 'hono', id: GHSA, severity, range: '<4.99.0' }];
    expect(judge(report(severity))).toMatchObject({ kind: 'judged', blocking, excepted: [], slight: [], faults: [] });
  });

  it.each(['moderate', 'low', 'info'])('names what is %s, and goes on', (severity) => {
    expect(judge(report(severity))).toMatchObject({ blocking: [], slight: [{ id: GHSA }] });
  });

  it.each(['node_modules/svelte', 'node_modules/@sveltejs/kit', 'node_modules/uplot', 'node_modules/jose'])(
    'asks about %s, which is shipped',
    (node) => expect(judge(report('high', node))).toMatchObject({ blocking: [{ id: GHSA }] }),
  );

  it.each(['node_modules/vite', 'node_modules/esbuild', 'api/node_modules/ajv'])(
    'leaves alone %s, which is a tool here',
    (node) => expect(judge(report('critical', node))).toMatchObject({ blocking: [], slight: [] }),
  );

  it('is well when nothing is known', () => {
    const nothing = { auditReportVersion: 2, vulnerabilities: {}, metadata: {} };
    expect(judge(nothing)).toEqual({ kind: 'judged', blocking: [], excepted: [], slight: [], faults: [] });
  });

  it.each([
    [{ message: '405 Method Not Allowed - POST https://npm.example', statusCode: 405, error: {} }, /^405 /],
    [{ auditReportVersion: 3, vulnerabilities: {} }, /not known/],
    [undefined, /not known/],
  ])('is no good news when nobody answered: %j', (said, why) => {
    expect(judge(said)).toEqual({ kind: 'not asked', why: expect.stringMatching(why) as string });
  });
});

describe('an exception', () => {
  it('lets one advisory of one package pass, to the end of its last day', () => {
    const excepted = [{ id: GHSA, reason: 'no route of ours uses it', until: '2026-11-21' }];
    expect(judge(report('high'), [exception()])).toMatchObject({ blocking: [], excepted, faults: [] });
  });

  it.each<[string, Partial<Exception>, RegExp]>([
    ['is over', { until: '2026-11-20' }, /ended on 2026-11-20/],
    ['has no end', { until: 'never' }, /no end/],
    ['has a day that does not exist', { until: '2026-13-01' }, /no end/],
    ['lasts for years', { until: '2028-01-01' }, /longer than 90 days/],
    ['says no reason', { reason: ' ' }, /no reason/],
    ['is of another package', { name: 'ws' }, /of ws fits nothing/],
    ['is of another advisory', { advisory: 'GHSA-xxxx-yyyy-zzzz' }, /fits nothing/],
  ])('that %s lets nothing pass, and is named', (_, more, fault) => {
    const verdict = judge(report('high'), [exception(more)]);
    expect(verdict).toMatchObject({ blocking: [{ id: GHSA }], excepted: [] });
    expect(verdict).toMatchObject({ faults: [expect.stringMatching(fault) as string] });
  });

  it('that fits nothing any more is named', () => {
    const nothing = { auditReportVersion: 2, vulnerabilities: {} };
    expect(judge(nothing, [exception()])).toMatchObject({ faults: [expect.stringContaining('remove it') as string] });
  });
});
