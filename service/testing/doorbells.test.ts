import { MemoryDoorbell } from '../embedded/memory-doorbell.ts';
import type { DoorbellUnderTest } from './conformance/doorbell-suite.ts';
import { doorbellSuite } from './conformance/doorbell-suite.ts';
import { clockOf } from './given-storage.ts';
import { queueDelayMs, SimulatedQueue } from './simulated-queue.ts';
import { VirtualTime } from './virtual-time.ts';

const nothing = (): Promise<void> => Promise.resolve();

function inMemory(): Promise<DoorbellUnderTest> {
  const time = new VirtualTime();
  const doorbell = new MemoryDoorbell({ clock: clockOf(time) });
  return Promise.resolve({
    doorbell,
    nowMs: () => time.nowMs,
    pass: (ms) => time.play(() => false, time.nowMs + ms),
    take: (lane) => Promise.resolve(doorbell.take(lane)),
    break: () => {
      doorbell.close();
      return nothing();
    },
    close: nothing,
  });
}

function simulated(): Promise<DoorbellUnderTest> {
  const time = new VirtualTime();
  const after = (ms: number, run: () => void) => void time.after(ms, run);
  const queue = new SimulatedQueue({ after, pick: () => 0, visibilityMs: 90_000 });
  const play = (ms: number) => time.play(() => false, time.nowMs + ms);
  let isBroken = false;
  return Promise.resolve({
    doorbell: {
      ring: (bells) => {
        if (isBroken) return Promise.resolve(bells.map(() => 'failed'));
        for (const bell of bells) queue.send(bell, queueDelayMs(bell.notBeforeMs - time.nowMs));
        return Promise.resolve(bells.map(() => 'rung'));
      },
      depth: (lane, tenant) => Promise.resolve(queue.depth(lane, tenant)),
    },
    nowMs: () => time.nowMs,
    pass: play,
    take: async (lane) => {
      await play(0);
      const message = queue.take(lane);
      if (message) queue.acknowledge(message);
      return message?.bell;
    },
    break: () => Promise.resolve(void (isBroken = true)),
    close: nothing,
  });
}

doorbellSuite('memory', inMemory);
doorbellSuite('simulated queue', simulated);
