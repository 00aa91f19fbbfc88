/**
 * npm run bench -- dashboard: the list of tasks in Chromium, its CPU throttled to a quarter, with 20 000 rows and 1 000 task
 * events a second over the live channel. A stand-in speaks the contract, so that only the page is measured. The frames of the
 * same page without events, in the same run, say what this machine can paint at all.
 */
import type { Page } from 'playwright-core';
import { openBrowser } from '../browser.ts';
import { TaskStandIn } from './task-stand-in.ts';

const ROWS = 20_000;
const EVENTS_A_SECOND = 1_000;
const THROTTLE = 4;
const MEASURED_MS = 10_000;
const BARS = { framesASecond: 55, nodes: 1_500 };

interface Figures {
  readonly nodes: number;
  readonly heapMegabytes: number;
  /** CPU time of the page's main thread, throttling included: on a busy machine it says more than frames do. */
  readonly busySeconds: number;
}

interface Measured {
  readonly framesASecond: number;
  /** The longest time between two frames. */
  readonly longestMs: number;
}

// As text: what runs in the page is no code of the server, and its compiler knows no document.

/** Counts the frames that the page paints. */
const MEASURE = `new Promise((resolve) => {
  const startMs = performance.now();
  let frames = 0, lastMs = startMs, longestMs = 0;
  const frame = () => {
    const nowMs = performance.now();
    longestMs = Math.max(longestMs, nowMs - lastMs);
    lastMs = nowMs;
    frames += 1;
    if (nowMs - startMs < ${MEASURED_MS}) requestAnimationFrame(frame);
    else resolve({ framesASecond: (1000 * frames) / (nowMs - startMs), longestMs });
  };
  requestAnimationFrame(frame);
})`;

/** Scrolls on; true when all rows are there. */
const SCROLL = `(() => {
  const viewport = document.querySelector('.viewport');
  viewport.scrollTop = viewport.scrollHeight;
  return document.querySelector('.foot').textContent.startsWith((${ROWS}).toLocaleString() + ' ');
})()`;
const TO_TOP = `document.querySelector('.viewport').scrollTop = 0`;
const COUNT_NODES = `document.querySelectorAll('*').length`;

async function loadAll(page: Page): Promise<void> {
  await page.waitForSelector('a[data-task]');
  await page.waitForFunction(SCROLL, undefined, { timeout: 120_000 });
  await page.evaluate(TO_TOP);
}

const measure = (page: Page): Promise<Measured> => page.evaluate<Measured>(MEASURE);

async function run(page: Page, standIn: TaskStandIn): Promise<boolean> {
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('Performance.enable', { timeDomain: 'threadTicks' });
  const figures = async (): Promise<Figures> => {
    await devtools.send('HeapProfiler.collectGarbage');
    const { metrics } = await devtools.send('Performance.getMetrics');
    const figure = (name: string): number => metrics.find((metric) => metric.name === name)!.value;
    const nodes = await page.evaluate<number>(COUNT_NODES);
    return { nodes, heapMegabytes: figure('JSHeapUsedSize') / 1024 / 1024, busySeconds: figure('TaskDuration') };
  };
  await page.goto(`${standIn.url}/app/tasks`);
  await loadAll(page);
  await devtools.send('Emulation.setCPUThrottlingRate', { rate: THROTTLE });
  const idle = await measure(page);
  const before = await figures();
  standIn.begin(EVENTS_A_SECOND);
  const busy = await measure(page);
  const sent = standIn.end();
  const after = await figures();
  const say = ({ framesASecond, longestMs }: Measured): string =>
    `${framesASecond.toFixed(1)} frames/s, longest ${longestMs.toFixed(0)} ms`;
  console.log(`${ROWS} rows, CPU throttled ${THROTTLE}×, ${MEASURED_MS / 1_000} s each`);
  console.log(`  without events       ${say(idle)}`);
  console.log(`  ${sent} events sent    ${say(busy)} (bar ≥ ${BARS.framesASecond})`);
  const busyShare = (after.busySeconds - before.busySeconds) / (MEASURED_MS / 1_000);
  console.log(`  main thread          ${(100 * busyShare).toFixed(0)} % of the time in CPU, throttling included`);
  console.log(`  DOM elements         ${before.nodes} before, ${after.nodes} after (bar ≤ ${BARS.nodes})`);
  console.log(
    `  heap after GC        ${before.heapMegabytes.toFixed(1)} MB before, ${after.heapMegabytes.toFixed(1)} MB after`,
  );
  return busy.framesASecond >= BARS.framesASecond && after.nodes <= BARS.nodes;
}

const standIn = await TaskStandIn.open(ROWS);
const browser = await openBrowser();
try {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  const isReached = await run(page, standIn);
  console.log(isReached ? 'Both bars are reached.' : 'A bar is NOT reached.');
} finally {
  await browser.close();
  await standIn.close();
}
