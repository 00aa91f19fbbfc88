/**
 * A thread of a worker or probe process that ends the process, whatever its main thread does: when the server is gone, and when
 * the process holds more memory than it may. SIGKILL, for a blocked main thread obeys nothing else.
 */
import { writeSync } from 'node:fs';
import { workerData } from 'node:worker_threads';
import type { ProbeSettings } from './worker-messages.ts';

const LOOK_EVERY_MS = 50;
const MB = 1024 * 1024;
const STDERR = 2;

const { memoryMb, parentPid } = workerData as ProbeSettings;

function die(): void {
  process.kill(process.pid, 'SIGKILL');
}

setInterval(() => {
  // An orphan is given to another parent at once.
  if (process.ppid !== parentPid) die();
  const usedMb = process.memoryUsage.rss() / MB;
  if (usedMb <= memoryMb) return;
  try {
    // Begins a line, whatever was printed before it.
    writeSync(
      STDERR,
      `\nholdfast worker ${process.pid} ends itself: it holds ${Math.round(usedMb)} MB of ${memoryMb}\n`,
    );
  } finally {
    die(); // also when the pipe is full
  }
}, LOOK_EVERY_MS);
