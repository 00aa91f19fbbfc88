/** The memory of the server of a run (its own process, resident), looked at each second: is it flat once it is warm? */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

export interface Memory {
  readonly samples: number;
  /** Medians of the first and of the last tenth (a minute at most), after the first fifth, in which caches fill. */
  readonly firstMiB: number;
  readonly lastMiB: number;
  readonly peakMiB: number;
  /** last / first - 1 */
  readonly growth: number;
}

const LOOK_EVERY_MS = 1_000;
const MOST_SAMPLES_A_SIDE = 60;
/** Before that a process is still warming up, and its growth says nothing. */
export const JUDGED_FROM_SAMPLES = 300;

/** Answers a function that ends it and tells; undefined where nothing could be seen. */
export function watchMemory(pid: number): () => Memory | undefined {
  const samples: number[] = [];
  const look = (): void => {
    const seen = residentMiB(pid);
    if (seen !== undefined) samples.push(seen);
  };
  look();
  // A run that is broken off asks for no answer, and must not wait for one either.
  const timer = setInterval(look, LOOK_EVERY_MS).unref();
  return () => {
    clearInterval(timer);
    return memoryOf(samples);
  };
}

export function memoryOf(samples: readonly number[]): Memory | undefined {
  if (samples.length === 0) return undefined;
  const warm = samples.slice(Math.floor(samples.length / 5));
  const side = Math.min(MOST_SAMPLES_A_SIDE, Math.ceil(warm.length / 10));
  const [firstMiB, lastMiB] = [median(warm.slice(0, side)), median(warm.slice(-side))];
  return { samples: samples.length, firstMiB, lastMiB, peakMiB: Math.max(...samples), growth: lastMiB / firstMiB - 1 };
}

const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor((values.length - 1) / 2)]!;

/** Linux says it in a file; elsewhere `ps` does. */
function residentMiB(pid: number): number | undefined {
  const kilobytes = process.platform === 'linux' ? kilobytesInProc(pid) : kilobytesByPs(pid);
  return kilobytes !== undefined && kilobytes > 0 ? kilobytes / 1_024 : undefined;
}

function kilobytesInProc(pid: number): number | undefined {
  try {
    return Number(/^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]);
  } catch {
    return undefined; // it has ended
  }
}

const kilobytesByPs = (pid: number): number | undefined =>
  Number(spawnSync('ps', ['-o', 'rss=', '-p', String(pid)], { encoding: 'utf8' }).stdout) || undefined;
