// Functions that hold own handlers in a process of their own, as Lambda starts it: what these print and throw stays out of the log.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { eventOf } from '../testing/given-gateway.ts';

/** Prints while it is loaded. */
const NOISY = `export const ownTypes = { types: [], faulty: [], payloads: {}, handlers: { noisy: async () => {
  console.log('password=hunter2hunter2');
  return { run: () => ({}) };
} } };`;
const QUEUES = ['FRESH', 'RECOVERY', 'ISOLATED', 'DEAD', 'EVENTS'];
const RESOURCES = {
  ...Object.fromEntries(QUEUES.map((name) => [`QUEUE_${name}`, `http://127.0.0.1:9/1/${name}`])),
  ...{ LIVE_URL: 'wss://127.0.0.1:9', GATEWAY_URL: 'http://127.0.0.1:9' },
};
/** Nothing to do for each function: no message, the health of the process, no time left. */
const EVENT = { Records: [], ...eventOf({ target: '/health' }) };

/** After a first invocation; the runtime of Lambda has listeners of its own before that. */
function run(script: string, logLevel: string, { entry = 'work', own = '' } = {}) {
  const module = JSON.stringify(`data:text/javascript,${encodeURIComponent(own)}`);
  const code = `
    const stands = (asked, context, next) =>
      asked === '#own-types' ? { url: ${module}, shortCircuit: true } : next(asked, context);
    if (${own !== ''}) (await import('node:module')).registerHooks({ resolve: stands });
    for (const event of ['uncaughtException', 'unhandledRejection']) process.on(event, (error) => console.log(error));
    const { handler } = await import(${JSON.stringify(join(import.meta.dirname, `${entry}.ts`))});
    await handler(${JSON.stringify(EVENT)}, { getRemainingTimeInMillis: () => 15_000 });
    ${script}`;
  const settings = {
    STAGE: 'test',
    TABLE: 'none',
    LOG_LEVEL: logLevel,
    AWS_REGION: 'eu-central-1',
    PATH: process.env['PATH'],
  };
  const { status, stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', code], {
    env: { ...settings, ...RESOURCES },
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

it.each(['work', 'http', 'sweep'])('what a handler prints while %s loads it is masked as well', (entry) => {
  const { status, lines, stderr } = run('process.exit(0);', 'debug', { entry, own: NOISY });
  expect([status, stderr]).toEqual([0, '']);
  expect(lines.filter(({ event }) => event === 'printed')).toMatchObject([{ printed: 'password=***' }]);
});
