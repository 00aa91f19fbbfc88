import { describe, expect, it } from 'vitest';
import { LogTail, outcomeOf, reportedError } from './report.ts';

const SECRET = 'hunter2-hunter2';
const LEAK = `could not log in with password=${SECRET} at db`;
const MASKED = 'could not log in with password=*** at db';

describe('what a worker tells of an attempt', () => {
  it('holds no secret, in message, name, code or log line', () => {
    const code = 'sk_' + 'live_4eC39HqLyjWDarjtT1zdp7dc';
    const told = reportedError(Object.assign(new Error(LEAK), { name: `password=${SECRET}`, code }));
    expect(told).toEqual({ name: 'password=***', message: MASKED, code: '***' });
    expect(reportedError(LEAK)).toEqual({ name: 'Thrown', message: MASKED });
    const tail = new LogTail();
    tail.add({ level: 'info', text: LEAK, atMs: 1 });
    expect(tail.kept()).toEqual({ lines: [{ level: 'info', text: MASKED, atMs: 1 }], truncated: false });
  });

  it('shows no half of a secret, wherever a long message is cut', () => {
    const url = `postgres://app:${SECRET}@db`;
    for (let offset = 0; offset <= url.length; offset += 1) {
      const message = `${'x '.repeat(32 * 1024 - 20)}${' '.repeat(offset)}${url}${' y'.repeat(5_000)}`;
      expect(reportedError(new Error(message)).message).not.toContain('hunter');
    }
  });

  it('shows no half of a secret when the text before it shrinks', () => {
    const message = `password="${'p'.repeat(60 * 1024)}" postgres://app:${SECRET.repeat(300)}@db ${'z'.repeat(10_000)}`;
    expect(reportedError(new Error(message)).message).not.toContain('hunter');
  });

  it('is a result as it is: what a handler returns is for its readers', () => {
    expect(outcomeOf({ text: LEAK }, new LogTail().kept())).toEqual({
      kind: 'succeeded',
      result: JSON.stringify({ text: LEAK }),
    });
  });
});
