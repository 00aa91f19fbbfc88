/** A tenant that keeps to a pace: every 100 ms a submit and a read, and a wait until that short task has succeeded. */
import { Agent, request } from 'node:http';
import { text } from 'node:stream/consumers';
import type { IncomingMessage } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';

export interface Quiet {
  readonly url: string;
  readonly key: string;
  readonly seconds: number;
}

/** The 95th percentiles, in ms; `done` is from the submit to the answer that shows the success. */
export interface QuietReport {
  readonly submit: number;
  readonly read: number;
  readonly done: number;
  /** Answers of 429. */
  readonly refused: number;
}

const EVERY_MS = 100;
const agent = new Agent({ keepAlive: true });
let serial = 0;

interface Answer {
  readonly status: number;
  readonly body: string;
}

function ask({ url, key }: Quiet, line: string, body?: object): Promise<Answer> {
  const [method, target] = line.split(' ');
  const json = body && JSON.stringify(body);
  const length =
    json === undefined ? {} : { 'Content-Type': 'application/json', 'Content-Length': Buffer.byteLength(json) };
  const { promise, resolve, reject } = Promise.withResolvers<Answer>();
  const sent = request(`${url}${target}`, { method, agent, headers: { Authorization: `Bearer ${key}`, ...length } });
  sent.on('error', reject).on('response', (incoming: IncomingMessage) => {
    text(incoming).then((answer) => resolve({ status: incoming.statusCode!, body: answer }), reject);
  });
  sent.end(json);
  return promise;
}

const p95 = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[Math.floor(values.length * 0.95)]!;

/** Throws when a task has not succeeded within 20 s. */
export async function beQuiet(quiet: Quiet): Promise<QuietReport> {
  const times = { submit: [] as number[], read: [] as number[], done: [] as number[] };
  let refused = 0;
  const timed = async (part: keyof typeof times, sinceMs: number, asked: Promise<Answer>): Promise<Answer> => {
    const answer = await asked;
    times[part].push(performance.now() - sinceMs);
    if (answer.status === 429) refused += 1;
    return answer;
  };
  const follow = async (taskId: string): Promise<void> => {
    const sinceMs = performance.now();
    await timed(
      'submit',
      sinceMs,
      ask(quiet, 'POST /tasks', { taskId, type: 'simulate', payload: { failureRate: 0 } }),
    );
    const { body } = await timed('done', sinceMs, ask(quiet, `GET /tasks/${taskId}?wait=20`));
    if (!body.includes('"status":"succeeded"')) throw new Error(`${taskId} has not succeeded: ${body}`);
  };
  const following: Promise<unknown>[] = [];
  const startMs = performance.now();
  for (let i = 1; i <= (quiet.seconds * 1_000) / EVERY_MS; i += 1) {
    following.push(follow(`q${(serial += 1)}-x`));
    await sleep(Math.max(0, startMs + (i - 0.5) * EVERY_MS - performance.now()));
    following.push(timed('read', performance.now(), ask(quiet, 'GET /tasks?limit=25')));
    await sleep(Math.max(0, startMs + i * EVERY_MS - performance.now()));
  }
  await Promise.all(following);
  return { submit: p95(times.submit), read: p95(times.read), done: p95(times.done), refused };
}
