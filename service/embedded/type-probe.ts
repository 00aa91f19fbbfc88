/**
 * The entry of a process that loads one task type and says how that went. Whatever an import can do, exit, hang, loop or
 * throw late, it does here, where nothing else runs.
 */
import { writeSync } from 'node:fs';
import { extname, join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { loadType } from './child-types.ts';
import type { ProbeSettings } from './worker-messages.ts';
import { SOCKET_FD } from './worker-messages.ts';

/** What an import leaves behind may throw a little later. */
const SETTLES_WITHIN_MS = 50;

const settings = JSON.parse(process.argv[2] ?? '{}') as ProbeSettings;
new Worker(join(import.meta.dirname, `watchdog${extname(import.meta.filename)}`), { workerData: settings });
const { loaded } = await loadType(settings.folder);
await setTimeout(SETTLES_WITHIN_MS);
writeSync(SOCKET_FD, JSON.stringify(loaded));
process.exit(0);
