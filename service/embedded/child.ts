/**
 * The entry of a worker process: loads the task types, says hello, and runs the attempts it is given. It never outlives
 * the server. What no handler catches ends the process: nobody can say whose it was, so all its attempts are lost.
 */
import { Socket } from 'node:net';
import { extname, join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { namesOf } from '../core/names-of.ts';
import { ChildAttempt } from './child-attempt.ts';
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
const attempts = new Map<number, ChildAttempt>();

const types = new ChildTypes(settings.ownTypeFolders, (loaded) => writer.send({ kind: 'unable', loaded }));
const loaded = await types.loadAll(settings.typeFolders);

function receive(message: ToWorker): void {
  if (message.kind === 'abort') {
    attempts.get(message.id)?.abort();
    return;
  }
  const { id, start } = message;
  const attempt = new ChildAttempt(id, (each) => writer.send(each));
  attempts.set(id, attempt);
  void attempt.run(start, types.handlerOf(start.type, start.payloadVersion)).then(() => attempts.delete(id));
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
