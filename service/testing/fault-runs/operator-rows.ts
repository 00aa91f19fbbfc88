/** Rows in which people and clients meet what runs: cancels at any instant, two redrives at once, a redrive beside a zombie. */
import { existsSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { hear } from '../audit.ts';
import { until } from '../given-pool.ts';
import { signal } from './ground.ts';
import type { Plan, Play } from './play.ts';
import { PATIENTLY_MS } from './play.ts';
import type { Planned } from './planned.ts';
import { extra } from './planned.ts';

/** Half of what would succeed is taken back, whenever that may be. */
const takenBackHalf = (tasks: Planned[]): Planned[] =>
  tasks.map((task, i) =>
    i % 2 === 0 && task.does === 'succeed'
      ? { ...task, isTakenBack: true, ends: ['succeeded', 'cancelled'], ...(i % 4 === 0 && { delaySeconds: 1 }) }
      : task,
  );

/** Who was told that nothing will start any more has been told the truth. [S10] */
function startedAfterCancel(play: Play): void {
  const { audit } = hear(play.ground.dataDir);
  for (const { taskId, version } of play.customer.takenBack) {
    const later = audit.get(taskId)?.filter((row) => row.version > version && row.becomes === 'running') ?? [];
    if (later.some(({ was }) => was !== 'running')) play.wrongs.push(`${taskId} was started after its cancel`);
  }
  play.injected += play.customer.takenBack.length;
  const cancelled = play.customer.takenBack.filter(({ status }) => status === 'cancelled').length;
  play.notes.push(`${cancelled} of ${play.customer.takenBack.length} cancels met a task that did not run`);
}

export const cancelledAnytime: Plan = {
  id: 'F23',
  fault: 'cancel at a random instant',
  mix: takenBackHalf,
  strike: ({ submitted }) => submitted,
  expect: startedAfterCancel,
};

const ONE_WINNER = '202,409';
const REDRIVEN = ['F24-one', 'F24-two', 'F24-zombie'];
/** Longer than two requests that were sent together lie apart. */
const REDRIVEN_MS = 3_000;

/** A process that was ended may wait for somebody to ask how. */
function isGone(pid: number): boolean {
  if (!existsSync(`/proc/${pid}/stat`)) return true;
  try {
    return / Z /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    return true;
  }
}

/** Workers that stand still outlive their server; what they run is begun anew, ends, and is redriven before they go on. */
async function leaveZombies({ ground }: Play): Promise<number[]> {
  await until(() => existsSync(ground.notes) && ground.starts().includes('F24-zombie 1'), PATIENTLY_MS);
  const zombies = ground.children;
  for (const pid of zombies) {
    ground.grounds.heir.inherit(pid);
    signal(pid, 'SIGSTOP');
  }
  const closed = new Promise((resolve) => ground.server.process.once('exit', resolve));
  ground.server.process.kill('SIGKILL');
  await closed;
  await ground.start();
  return zombies;
}

async function redriveTwice({ ground, customer, wrongs }: Play, taskId: string): Promise<void> {
  const isDead = async () => (await customer.sdk.get(taskId)).status === 'dead';
  await until(async () => (await isDead()) && ground.finals().has(taskId), PATIENTLY_MS);
  const send = async (): Promise<number> => {
    const headers = { 'content-type': 'application/json' };
    return (await fetch(`${ground.url}/tasks/${taskId}/redrive`, { method: 'POST', headers, body: '{}' })).status;
  };
  const statuses = (await Promise.all([send(), send()])).sort();
  if (statuses.join() !== ONE_WINNER)
    wrongs.push(`two redrives of ${taskId} at once were answered ${statuses.join(' and ')}`);
}

async function redriveBesideZombies(play: Play): Promise<void> {
  const zombies = await leaveZombies(play);
  await Promise.all(REDRIVEN.map((taskId) => redriveTwice(play, taskId)));
  play.injected += REDRIVEN.length + zombies.length;
  for (const pid of zombies) signal(pid, 'SIGCONT');
  await until(() => zombies.every(isGone), PATIENTLY_MS);
  for (const pid of zombies) play.ground.grounds.heir.release(pid);
  await sleep(REDRIVEN_MS);
}

function redrivenOnce({ ground, wrongs }: Play): void {
  const { audit } = hear(ground.dataDir);
  for (const taskId of REDRIVEN) {
    const redrives = audit.get(taskId)!.filter(({ was, becomes }) => was === 'dead' && becomes === 'queued').length;
    if (redrives !== 1) wrongs.push(`${taskId} was redriven ${redrives} times`);
  }
}

export const redrivenTwice: Plan = {
  id: 'F24',
  fault: 'two redrives at once, beside a zombie',
  kills: true,
  countsAreOff: false,
  mix: (tasks) => [
    ...REDRIVEN.map((id) => extra(id, 'fail-for-good', { ends: ['dead VALIDATION'], durationMs: REDRIVEN_MS })),
    ...tasks,
  ],
  strike: redriveBesideZombies,
  expect: redrivenOnce,
};
