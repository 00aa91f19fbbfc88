/** Seeds in, their reports out, without their histories: one thread of `npm run simulate`. */
import { parentPort, workerData } from 'node:worker_threads';
import type { Played } from './coverage.ts';
import { playSeed } from './simulate.ts';

const reports: Played[] = [];
for (const seed of workerData as number[]) {
  const { history: _, events: __, ...played } = await playSeed(seed);
  reports.push(played);
}
parentPort!.postMessage(reports);
