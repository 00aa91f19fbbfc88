/** A client that costs little: requests prepared as bytes, keep-alive sockets, answers counted and not parsed. */
import type { Socket } from 'node:net';
import { connect } from 'node:net';
import { once } from 'node:events';

export interface Load {
  readonly port: number;
  readonly connections: number;
  readonly requests: readonly Buffer[];
  readonly expectStatus: number;
}

export function postRequest(path: string, body: unknown, headers: Readonly<Record<string, string>> = {}): Buffer {
  const text = JSON.stringify(body);
  const more = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  const head = `POST ${path} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n${more.join('')}`;
  return Buffer.from(`${head}Content-Length: ${Buffer.byteLength(text)}\r\n\r\n${text}`);
}

const HEAD_END = Buffer.from('\r\n\r\n');

/** Yields the status of each complete answer in what has arrived, and keeps the rest. */
export class Answers {
  #pending: Buffer = Buffer.alloc(0);

  push(chunk: Buffer): number[] {
    this.#pending = this.#pending.length === 0 ? chunk : Buffer.concat([this.#pending, chunk]);
    const statuses: number[] = [];
    for (;;) {
      const headEnd = this.#pending.indexOf(HEAD_END);
      if (headEnd < 0) return statuses;
      const head = this.#pending.toString('latin1', 0, headEnd);
      const length = Number(/content-length: *(\d+)/i.exec(head)?.[1] ?? Number.NaN);
      if (Number.isNaN(length)) throw new Error(`an answer without a length:\n${head}`);
      const end = headEnd + HEAD_END.length + length;
      if (this.#pending.length < end) return statuses;
      statuses.push(Number(head.slice(9, 12)));
      this.#pending = this.#pending.subarray(end);
    }
  }
}

/** Sends every request once, each connection the next one when it has its answer. Throws on another status. */
export async function send({ port, connections, requests, expectStatus }: Load): Promise<void> {
  let next = 0;
  const one = async (): Promise<void> => {
    const socket = connect({ port, host: '127.0.0.1', noDelay: true });
    await once(socket, 'connect');
    await drive(socket, () => requests[next++], expectStatus);
    socket.destroy();
  };
  await Promise.all(Array.from({ length: connections }, one));
}

function drive(socket: Socket, take: () => Buffer | undefined, expectStatus: number): Promise<void> {
  const answers = new Answers();
  return new Promise((resolve, reject) => {
    const sendNext = () => {
      const request = take();
      if (request === undefined) resolve();
      else socket.write(request);
    };
    socket.on('error', reject);
    socket.on('data', (chunk: Buffer) => {
      for (const status of answers.push(chunk)) {
        if (status !== expectStatus) reject(new Error(`answered ${status}, expected ${expectStatus}`));
        sendNext();
      }
    });
    sendNext();
  });
}
