/** Bytes over a real connection, as no client library would send them. */
import { once } from 'node:events';
import type { Socket } from 'node:net';
import { connect } from 'node:net';

export async function connected(url: string): Promise<Socket> {
  const socket = connect(Number(new URL(url).port), '127.0.0.1');
  await once(socket, 'connect');
  return socket;
}

/** All that the server says until it closes the connection. */
export async function answerTo(url: string, bytes: string): Promise<string> {
  const socket = await connected(url);
  const answer = untilClosed(socket);
  socket.write(bytes);
  return answer;
}

export function untilClosed(socket: Socket): Promise<string> {
  const { promise, resolve } = Promise.withResolvers<string>();
  let answer = '';
  socket.on('data', (chunk) => (answer += chunk.toString()));
  socket.on('error', () => undefined); // a reset is an end too, and 'close' follows
  socket.on('close', () => resolve(answer));
  return promise;
}

/** Status and problem code of an answer, as `400 invalid-header`; the status alone where there is no problem. */
export function outcomeIn(answer: string): string {
  const [, status = 'nothing'] = /^HTTP\/1\.1 (\d{3})/.exec(answer) ?? [];
  const [, code] = /"code":"([a-z-]+)"/.exec(answer) ?? [];
  return code === undefined ? status : `${status} ${code}`;
}

/** Of each answer in turn. */
export const outcomesIn = (answers: string): string[] => answers.split(/(?=HTTP\/1\.1 \d{3} )/).map(outcomeIn);
