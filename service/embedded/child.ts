/**
 * The entry of a worker process: loads the task types, says hello, and runs the attempts it is given. It never outlives
 * the server. What no handler catches ends the process: nobody can say whose it was, so all its attempts are lost.
 */
import { Socket } from 'node:net';
import { extname, join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { namesOf } from '../core/names-of.ts';
import { HandlerAttempt } from '../handling/handler-attempt.ts';
import { ChildTypes } from './child-types.ts';
import { FrameReader, FrameWriter } from './frames.ts';
import type { FromWorker, ToWorker, WorkerSettings } from './worker-messages.ts';
import { SOCKET_FD } from './worker-messages.ts';

const settings = JSON.parse(process.argv[2] ?? '{}') as WorkerSettings;
new Worker(join(import.meta.dirname, `watchdog${extname(import.meta.filename)}`), { workerData: settings });

// A terminal or a supervisor signals the whole group; when the work ends is for the server to say.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => undefined);

const socket = new Socket({ fd: SOCKET_FD });
const reader = new FrameReader<ToWorker>();
const writer = new FrameWriter<FromWorker>((frame) => socket.write(frame));
const attempts = new Map<number, HandlerAttempt>();

const types = new ChildTypes(settings.ownTypeFolders, (loaded) => writer.send({ kind: 'unable', loaded }));
const loaded = await types.loadAll(settings.typeFolders);

function receive(message: ToWorker): void {
  if (message.kind === 'start') void run(message);
  else abort(message.id);
}

async function run({ id, start }: Extract<ToWorker, { kind: 'start' }>): Promise<void> {
  const attempt = new HandlerAttempt((progress) => writer.send({ kind: 'progress', id, progress }));
  attempts.set(id, attempt);
  const outcome = await attempt.run(start, types.handlerOf(start.type, start.payloadVersion));
  writer.send({ kind: 'outcome', id, outcome });
  attempts.delete(id);
}

function abort(id: number): void {
  if (!attempts.has(id)) return;
  writer.send({ kind: 'aborting', id });
  attempts.get(id)!.abort();
}

process.on('uncaughtException', (error) => {
  // Node would print the message, and with it whatever a handler has put there.
  writer.send({ kind: 'falling', ...namesOf(error) });
  process.exit(1);
});
// Who no longer reads what handlers print ends nothing.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);

socket.on('data', (chunk) => reader.read(chunk).forEach(receive));
socket.on('error', () => process.exit());
socket.on('close', () => process.exit());
// An outcome that is known when the process falls is not lost with it.
process.on('exit', () => writer.flush());
writer.send({ kind: 'hello', types: loaded });
