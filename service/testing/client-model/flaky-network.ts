/** HTTP that loses what was asked, or what was answered, at the points that a plan names; what the plan does not name passes. */
import { once } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

/** `unasked` never reaches the server; `unanswered` does, and its answer is lost; `cut` is an answer of which half arrives. */
export type Mishap = 'none' | 'unasked' | 'unanswered' | 'cut' | 'late';
export const MISHAPS: readonly Mishap[] = ['none', 'unasked', 'unanswered', 'cut', 'late'];
const LATE_MS = 30;

export interface FlakyNetwork {
  readonly url: string;
  /** What happens to the next exchanges, in place of what was planned before. */
  plan(mishaps: readonly Mishap[]): void;
  close(): Promise<void>;
}

interface Reply {
  readonly status: number;
  readonly headers: IncomingMessage['headers'];
  readonly body: Buffer;
}

async function bodyOf(message: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of message) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

async function forwarded(asked: IncomingMessage, body: Buffer, target: URL): Promise<Reply> {
  const { method, headers, url } = asked;
  const { connection: _, ...kept } = headers;
  const onward = request(new URL(url!, target), { method: method!, headers: { ...kept, host: target.host } });
  onward.end(body);
  const [answer] = (await once(onward, 'response')) as [IncomingMessage];
  return { status: answer.statusCode!, headers: answer.headers, body: await bodyOf(answer) };
}

/** Resolves when as much as the mishap allows has been told. */
async function exchange(asked: IncomingMessage, told: ServerResponse, { mishap, target }: Exchange): Promise<void> {
  const body = await bodyOf(asked);
  const reply = mishap === 'unasked' ? undefined : await forwarded(asked, body, target);
  if (reply === undefined || mishap === 'unanswered') {
    asked.socket.resetAndDestroy();
    return;
  }
  if (mishap === 'late') await sleep(LATE_MS);
  const { 'transfer-encoding': _, connection: __, ...headers } = reply.headers;
  told.writeHead(reply.status, { ...headers, 'content-length': reply.body.length });
  if (mishap === 'cut') told.write(reply.body.subarray(0, reply.body.length / 2), () => asked.socket.resetAndDestroy());
  else told.end(reply.body);
}

interface Exchange {
  readonly mishap: Mishap;
  readonly target: URL;
}

export async function startFlakyNetwork(targetUrl: string): Promise<FlakyNetwork> {
  const target = new URL(targetUrl);
  let left: Mishap[] = [];
  const server = createServer((asked, told) => {
    const mishap = left.shift() ?? 'none';
    // A server that is gone is an answer that is lost.
    exchange(asked, told, { mishap, target }).catch(() => asked.socket.resetAndDestroy());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    plan: (mishaps) => (left = [...mishaps]),
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
