// The function `work` in a process of its own, as Lambda starts it: what its handlers print and throw stays out of the log.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, it } from 'vitest';

const ENTRY = join(import.meta.dirname, 'work.ts');
const QUEUES = ['FRESH', 'RECOVERY', 'ISOLATED', 'DEAD', 'EVENTS'];
const RESOURCES = Object.fromEntries(QUEUES.map((name) => [`QUEUE_${name}`, `http://127.0.0.1:9/1/${name}`]));

/** After a first invocation; the runtime of Lambda has listeners of its own before that. */
function run(script: string, logLevel: string) {
  const code = `
    for (const event of ['uncaughtException', 'unhandledRejection']) process.on(event, (error) => console.log(error));
    const { handler } = await import(${JSON.stringify(ENTRY)});
    await handler({ Records: [] }, { getRemainingTimeInMillis: () => 60_000 });
    ${script}`;
  const own = {
    STAGE: 'test',
    TABLE: 'none',
    LOG_LEVEL: logLevel,
    AWS_REGION: 'eu-central-1',
    PATH: process.env['PATH'],
  };
  const { status, stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', code], {
    env: { ...own, ...RESOURCES },
    encoding: 'utf8',
  });
  const lines = stdout
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as Record<string, unknown>);
  return { status, lines, stderr };
}

it.each([
  ['thrown by nobody', 'setTimeout(() => { throw new RangeError("secret"); }, 1);'],
  ['rejected by nobody', 'void Promise.reject(new RangeError("secret")); setTimeout(() => {}, 9_000);'],
])('what is %s ends the process, with a name and a place and no word of it', (_, script) => {
  const { status, lines, stderr } = run(script, 'debug');
  expect(lines).toMatchObject([{ level: 'error', event: 'process-fell', error: 'RangeError' }]);
  expect([status, stderr, JSON.stringify(lines).includes('secret')]).toEqual([1, '', false]);
});

it.each([
  ['debug', [{ event: 'printed', printed: 'one password=***' }]],
  ['info', []],
])('what a handler prints is in the log at %s: %j', (logLevel, lines) => {
  const script = 'console.log("one", "password=hunter2hunter2"); console.error(""); process.exit(0);';
  expect(run(script, logLevel)).toMatchObject({ status: 0, lines, stderr: '' });
});
