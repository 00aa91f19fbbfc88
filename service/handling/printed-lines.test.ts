import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { FINE, GivenPool, isAlive, until } from '../testing/given-pool.ts';
import { PrintedLines } from './printed-lines.ts';

const PEM = ['-----BEGIN RSA PRIVATE KEY-----', 'MIIEowIBAAKC', 'AQEA0Z3VS5JJ', '-----END RSA PRIVATE KEY-----'];

function told(...chunks: readonly (string | { readonly text: string; readonly atMs: number })[]): string[] {
  const lines: string[] = [];
  const printed = new PrintedLines((line) => lines.push(line));
  for (const chunk of chunks) {
    const { text, atMs } = typeof chunk === 'string' ? { text: chunk, atMs: 0 } : chunk;
    printed.read(text, atMs);
  }
  printed.end();
  return lines;
}

describe('what a handler prints', () => {
  it('is told line by line, wherever it is cut on its way', () => {
    expect(told('a\n\nb', 'c\r\n', '  d')).toEqual(['a', 'bc', '  d']);
  });

  it('holds no secret, also one of many lines or in two pieces', () => {
    expect(told(`x\n${PEM.join('\n')}\ny\n`)).toEqual(['x', '***', 'y']);
    expect(told('password=hun', 'ter2\n')).toEqual(['password=***']);
  });

  it('is bounded in a second, and says so once', () => {
    const many = told('a\n'.repeat(5_000), 'b\n');
    expect(many).toHaveLength(101);
    expect(many.at(-1)).toMatch(/and more/);
    expect(told('x'.repeat(1_000_000), 'x'.repeat(1_000_000))).toEqual([expect.stringMatching(/and more/)]);
    expect(told({ text: 'a\n'.repeat(200), atMs: 0 }, { text: '\nlater\n', atMs: 1_000 }).at(-1)).toBe('later');
  });

  it('shows no half of a secret after a line that was too long', () => {
    const long = { text: `${'x'.repeat(40_000)} password=`, atMs: 0 };
    expect(told(long, { text: 'hunter2\nnext\n', atMs: 1_000 })).toEqual([expect.stringMatching(/and more/), 'next']);
    const slow = Array.from({ length: 5 }, (_, i) => ({ text: 'x'.repeat(30_000), atMs: i * 1_000 }));
    expect(told(...slow, { text: ' hunter2\nnext\n', atMs: 5_000 })).toEqual(['next']);
  });
});

describe('a worker process', () => {
  let given: GivenPool;
  beforeEach(() => void (given = new GivenPool()));
  afterEach(() => given.close());

  const prints = (body: string, name = 'prints') =>
    given.type(name, `import { spawn } from 'node:child_process'; export const run = async () => { ${body} };`);

  it('has what it prints in the log at debug, and nowhere else', async () => {
    await given.open({ typeFolders: [prints('console.log("out", { a: 1 }); console.error("err"); return 1;')] });
    expect(await given.run('prints', {})).toEqual({ kind: 'succeeded', result: '1' });
    await until(() => given.printed.length === 2);
    expect(given.printed.sort()).toEqual(['err', 'out { a: 1 }']);
    expect(given.logged).toEqual([]);
  });

  it('is never held up by what it prints', async () => {
    const flood = 'for (let i = 0; i < 100; i += 1) console.log("x".repeat(1_000_000)); return 1;';
    await given.open({ typeFolders: [prints(flood)] });
    expect(await given.run('prints', {})).toEqual({ kind: 'succeeded', result: '1' });
    expect(given.printed.every((line) => line.length < 100)).toBe(true);
  });

  it('that falls is gone, also when a process that it has started still holds its output', async () => {
    const body = `
      const { pid } = spawn('sleep', ['600'], { stdio: 'inherit', detached: true });
      console.log(pid);
      setTimeout(() => process.exit(3), 50);
      return new Promise(() => undefined);`;
    await given.open({ typeFolders: [prints(body)] });
    expect(await given.run('prints', {})).toEqual({ kind: 'gone', cause: 'crashed' });
    const pid = Number(given.printed[0]);
    expect(isAlive(pid)).toBe(true);
    process.kill(pid, 'SIGKILL');
  });

  it('is judged, also when what its type has started holds its output', async () => {
    const source = `
      import { spawn } from 'node:child_process';
      console.log(spawn('sleep', ['600'], { stdio: 'inherit', detached: true }).pid); ${FINE}`;
    const pool = await given.open({ ownTypeFolders: [given.type('starts', source)] });
    expect(pool.versionsOf('starts')).toEqual([1]);
    process.kill(Number(given.printed[0]), 'SIGKILL');
  });

  it('that needs too much memory is told as such, without its words', async () => {
    const body = 'const all = []; for (;;) all.push(new Array(1_000).fill(Math.random()));';
    await given.open({ typeFolders: [prints(body)], workerMemoryMb: 200 });
    await given.run('prints', {});
    await until(() => given.logged.length > 0);
    expect(given.logged).toMatchObject([{ event: 'worker-ended', error: 'OutOfMemory' }]);
  });
});
