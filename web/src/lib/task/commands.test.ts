import { execFile } from 'node:child_process';
import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { promisify } from 'node:util';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { Api } from './commands.ts';
import { codeOfSubmit, curlOfMove, curlOfSubmit } from './commands.ts';

const HOSTILE = [
  `it's $(touch /tmp/never) \`id\` "quoted" \\ !! %s ~ * ; & | < > #`,
  "'; exit 1; '",
  '@/etc/passwd',
  '\n\r\t\u0000\u001b[31m',
  '\u202eevil\u2066 \ufeff\u200b',
  'ünï 🚀 \ud800',
];

const LOCAL: Api = { url: 'http://localhost:4000', asksForKey: false };

interface Heard {
  readonly request: IncomingMessage;
  readonly body: unknown;
}

/** What a server hears when the command made for its address is given to a shell. */
async function heardOf(commandFor: (api: Api) => string, asksForKey = false): Promise<Heard> {
  const { promise, resolve } = Promise.withResolvers<Heard>();
  const server = createServer((request, response) => {
    void text(request).then((body) => {
      response.end();
      resolve({ request, body: JSON.parse(body) as unknown });
    });
  }).listen(0, '127.0.0.1');
  onTestFinished(() => void server.close());
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  await promisify(execFile)('sh', ['-c', commandFor({ url: `http://127.0.0.1:${port}`, asksForKey })], {
    env: { ...process.env, HOLDFAST_API_KEY: 'the-key' },
  });
  return promise;
}

describe('a command to copy', () => {
  it.each(HOSTILE)('carries a payload through a shell as it is: %j', async (data) => {
    const submission = { type: 'simulate', payload: { data, [data]: [data] }, tags: ['team:billing'] };
    const { request, body } = await heardOf((api) => curlOfSubmit(api, submission));
    expect(body).toEqual(submission);
    expect(request).toMatchObject({ method: 'POST', url: '/tasks' });
    expect(request.headers).toMatchObject({ 'content-type': 'application/json' });
  });

  it('has nothing in it that a terminal would obey or hide', () => {
    const command = curlOfSubmit(LOCAL, { type: 'simulate', payload: { data: HOSTILE.join('') } });
    // eslint-disable-next-line no-control-regex -- these are what is looked for
    expect(command).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]/);
  });

  it('makes the move that was seen, only if nothing has changed since', async () => {
    const asked = {
      taskId: 'order-3',
      move: 'redrive',
      reason: "it's mended",
      payload: { a: 1 },
      ifVersion: 7,
    } as const;
    const { request, body } = await heardOf((api) => curlOfMove(api, asked));
    expect(body).toEqual({ reason: "it's mended", payload: { a: 1 } });
    expect(request.url).toBe('/tasks/order-3/redrive');
    expect(request.headers['if-match']).toBe('"7"');
  });

  it('names the key by the environment, and sends it', async () => {
    const { request } = await heardOf((api) => curlOfSubmit(api, { type: 'simulate', payload: {} }), true);
    expect(request.headers.authorization).toBe('Bearer the-key');
    const code = codeOfSubmit({ ...LOCAL, asksForKey: true }, { type: 'simulate', payload: {} });
    expect(code).toContain('token: process.env.HOLDFAST_API_KEY });');
  });

  it('leaves out what was not given', async () => {
    const { body } = await heardOf((api) => curlOfMove(api, { taskId: 'order-3', move: 'discard', reason: '' }));
    expect(body).toEqual({});
  });

  it('is a program that compiles also with what would end a string', () => {
    const code = codeOfSubmit(LOCAL, {
      type: 'x',
      payload: { data: `'"\`\${1}\u2028` },
      delaySeconds: 5,
    });
    expect(code).toContain(
      String.raw`holdfast.submit("x", {"data":"'\"${'`'}` + '${1}' + String.raw`\u2028"}, {"delaySeconds":5})`,
    );
  });
});
