/**
 * npm run bench -- cold-start: from the import of the API's bundle to the answer of its first submit, beside the usual stack that
 * does the same, each in a new process, alternating. DynamoDB and SQS are a stub that answers at once. Figures are ratios.
 */
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { promisify } from 'node:util';
import { bundleOf } from '../../toolchain/bundle-functions.ts';
import { bundleUsualStack } from './usual-stack.ts';

const ROUNDS = 20;
const WARM_UP = 3;
const BAR = 0.6;
/** A wider spread is no result. */
const MOST_SPREAD = 0.25;

const md5 = (words: string): string => createHash('md5').update(words).digest('hex');

interface Sent {
  readonly MessageBody?: string;
  readonly Entries?: readonly { readonly Id: string; readonly MessageBody: string }[];
}

/** What AWS says to whoever writes into an empty table and an empty queue. */
function answerTo({ MessageBody, Entries }: Sent): object {
  if (Entries !== undefined) {
    const taken = ({ Id, MessageBody: body }: { readonly Id: string; readonly MessageBody: string }) => ({
      Id,
      MessageId: Id,
      MD5OfMessageBody: md5(body),
    });
    return { Successful: Entries.map(taken), Failed: [] };
  }
  return MessageBody === undefined ? {} : { MessageId: 'one', MD5OfMessageBody: md5(MessageBody) };
}

async function startStub(): Promise<{ readonly url: string; readonly stop: () => void }> {
  const answer = async (incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> => {
    const sent = JSON.parse(await text(incoming)) as Sent;
    outgoing.setHeader('content-type', String(incoming.headers['content-type'])).end(JSON.stringify(answerTo(sent)));
  };
  const server = createServer((incoming, outgoing) => void answer(incoming, outgoing)).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const stop = (): void => {
    server.close();
    server.closeAllConnections();
  };
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, stop };
}

/** As API Gateway sends it: https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html */
const EVENT = {
  version: '2.0',
  routeKey: '$default',
  rawPath: '/tasks',
  rawQueryString: '',
  headers: { 'content-type': 'application/json', host: 'localhost' },
  requestContext: {
    http: { method: 'POST', path: '/tasks', protocol: 'HTTP/1.1', sourceIp: '192.0.2.1', userAgent: 'bench' },
  },
  body: JSON.stringify({ taskId: 'task124', type: 'simulate', payload: { data: 'test data' } }),
  isBase64Encoded: false,
};

const environmentFor = (stub: string): Record<string, string> => ({
  AWS_ENDPOINT_URL_DYNAMODB: stub,
  AWS_ENDPOINT_URL_SQS: stub,
  AWS_REGION: 'eu-central-1',
  AWS_ACCESS_KEY_ID: 'bench',
  AWS_SECRET_ACCESS_KEY: 'bench',
  // By these the tracer knows that it is in Lambda.
  AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x',
  LAMBDA_TASK_ROOT: '/var/task',
  _X_AMZN_TRACE_ID: 'Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=1',
  STAGE: 'bench',
  IDENTITY: 'local',
  TABLE: 'bench',
  LIVE_URL: 'wss://live.example/bench',
  ...Object.fromEntries(
    ['FRESH', 'RECOVERY', 'ISOLATED', 'DEAD', 'EVENTS'].map((name) => [`QUEUE_${name}`, `${stub}/1/${name}`]),
  ),
});

const CHILD = `
const [file, event] = process.argv.slice(1);
const startMs = performance.now();
const before = process.cpuUsage();
const { handler } = await import(file);
const context = { awsRequestId: 'one', functionName: 'bench', getRemainingTimeInMillis: () => 29000 };
const { statusCode, body } = await handler(JSON.parse(event), context);
if (statusCode !== 202) throw new Error(statusCode + ' ' + body);
const { user, system } = process.cpuUsage(before);
console.log('took', performance.now() - startMs, (user + system) / 1000);
process.exit(0);
`;

/** From the import to the first answer, in milliseconds: by the clock, and of CPU, which a busy machine stretches less. */
interface Start {
  readonly ms: number;
  readonly cpuMs: number;
}

async function coldStart(file: string, env: Record<string, string>): Promise<Start> {
  const args = ['--input-type=module', '-e', CHILD, file, JSON.stringify(EVENT)];
  const { stdout } = await promisify(execFile)(process.execPath, args, { env }).catch((error: unknown) => {
    // A stack shows whole lines, and a bundle has few.
    const said = (error as { stderr: string }).stderr.split('\n').filter((line) => line.length < 500);
    throw new Error(`The first call failed: ${said.join('\n')}`);
  });
  const [, ms, cpuMs] = /took ([\d.]+) ([\d.]+)/.exec(stdout) ?? [];
  return { ms: Number(ms), cpuMs: Number(cpuMs) };
}

interface Round {
  readonly ours: Start;
  readonly usual: Start;
}

const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!;

/** Answers whether the bar was reached. */
function report(rounds: readonly Round[], unit: keyof Start, name: string): boolean {
  const ratios = rounds.map(({ ours, usual }) => ours[unit] / usual[unit]).toSorted((a, b) => a - b);
  const ratio = median(ratios);
  // Between the quarters: one process that had to wait for a core says nothing.
  const spread = (ratios[Math.floor(ROUNDS * 0.75)]! - ratios[Math.floor(ROUNDS * 0.25)]!) / 2 / ratio;
  const verdict = spread > MOST_SPREAD ? 'no result' : ratio <= BAR ? 'reached' : 'NOT reached';
  const [ours, usual] = [median(rounds.map((each) => each.ours[unit])), median(rounds.map((each) => each.usual[unit]))];
  const shown = `${ours.toFixed(0)} ms beside ${usual.toFixed(0)} ms: ${ratio.toFixed(2)} ±${(100 * spread).toFixed(0)} %`;
  console.log(`  ${name.padEnd(12)} ${shown}  bar ≤ ${BAR}: ${verdict}`);
  return verdict === 'reached';
}

async function measure(folder: string, env: Record<string, string>): Promise<boolean> {
  const bundles = { ours: (await bundleOf('http')).code, usual: await bundleUsualStack() };
  const fileOf = (name: keyof typeof bundles): string => join(folder, `${name}.mjs`);
  for (const name of ['ours', 'usual'] as const) writeFileSync(fileOf(name), bundles[name]);
  const rounds: Round[] = [];
  for (let round = -WARM_UP; round < ROUNDS; round += 1) {
    const times = { ours: await coldStart(fileOf('ours'), env), usual: await coldStart(fileOf('usual'), env) };
    if (round >= 0) rounds.push(times);
  }
  console.log(`\nours (${bundles.ours.length} bytes) beside the usual stack (${bundles.usual.length} bytes)`);
  report(rounds, 'cpuMs', 'CPU');
  return report(rounds, 'ms', 'by the clock');
}

const folder = mkdtempSync(join(tmpdir(), 'holdfast-cold-'));
const stub = await startStub();
try {
  process.exitCode = (await measure(folder, environmentFor(stub.url))) ? 0 : 1;
} finally {
  stub.stop();
  rmSync(folder, { recursive: true, force: true });
}
