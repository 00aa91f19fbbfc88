/** The front door on one machine: settings, engine, HTTP server, and a stop that loses nothing. */
import './node-version.ts';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { attemptLines } from './attempt-lines.ts';
import type { Settings } from './config.ts';
import { readSettings, shownSettings } from './config.ts';
import { namesOf } from './core/names-of.ts';
import type { Ports } from './core/ports.ts';
import { SECOND } from './core/rules.ts';
import type { Engine } from './embedded/engine.ts';
import { startEngine } from './embedded/engine.ts';
import { UnusableDataDir } from './embedded/schema.ts';
import { breaking } from './faults/breaking.ts';
import { Lab } from './faults/lab.ts';
import { createApp } from './http/app.ts';
import { problemOfType } from './http/catalogue.ts';
import { installedSwaggerUi } from './http/docs/swagger-ui.ts';
import { hostsAllowed } from './http/gate.ts';
import type { House } from './http/house.ts';
import { noLimits, tenantLimits } from './http/limits.ts';
import { pages } from './http/pages.ts';
import type { Installation } from './installation.ts';
import { builtDashboard, readInstallation, UnusableTasksDir } from './installation.ts';
import type { Listener } from './listen.ts';
import { CannotListen, listen } from './listen.ts';
import { openLive } from './live/door.ts';
import { lineWriter } from './line-writer.ts';
import type { ServerLog } from './log.ts';
import { createLog } from './log.ts';
import { systemClock, systemRandom } from './platform.ts';
import { UnusableSettings } from './settings-reader.ts';
import { openSignIn, warnOfPlainHttp } from './sign-in.ts';
import { constantsOf } from './timing.ts';

const MAX_WAIT_MS = 25 * SECOND;
/** Answers that are on their way when the server stops. */
const LAST_ANSWERS_WITHIN_MS = 2 * SECOND;
/** One Ctrl-C reaches the server from the terminal, from npm and from the toolchain. */
const SAME_SIGNAL_MS = SECOND;

const FAULTS_ALLOWED =
  'FAULTS_ALLOWED=1: whoever has the scope admin can make tasks fail, crash and wait. Not for tasks that anybody needs.';

const versionOfHoldfast = (): string => {
  const { version } = JSON.parse(readFileSync(join(import.meta.dirname, 'package.json'), 'utf8')) as {
    version: string;
  };
  return version;
};

async function start(settings: Settings, log: ServerLog): Promise<void> {
  const installation = await readInstallation(settings.tasksDir);
  refuseUnknownDefault(settings, installation);
  let lab: Lab | undefined;
  const engine = await startEngine({
    dataDir: settings.dataDir,
    typeFolders: installation.typeFolders,
    ownTypeFolders: installation.ownTypeFolders,
    isUsable: (loaded) => problemOfType(installation.catalogue.get(loaded.name)!, loaded) === undefined,
    clock: systemClock,
    random: systemRandom(),
    log,
    onEvents: attemptLines(log),
    ...(settings.faultsAllowed && { breaking: (ports) => breaking(ports, (lab = labOn(ports, installation))) }),
    onBroken: () => giveUp(`The disk under ${settings.dataDir} takes no more writes. Repair it, then start again.`),
    constants: constantsOf(settings),
    ...(settings.workers !== undefined && { workers: settings.workers }),
    concurrency: settings.workerConcurrency,
    workerMemoryMb: settings.workerMemoryMb,
    sweepEveryMs: settings.sweepSeconds * SECOND,
    stopWithinMs: settings.stopSeconds * SECOND,
  });
  const stopping = new AbortController();
  const listener = await open(engine, { settings, installation, lab, log, stopping: stopping.signal });
  stopOnSignal({ engine, listener, stopping, log });
  warnOfPlainHttp(settings, log);
  if (lab !== undefined) log.notice('faults-allowed', [FAULTS_ALLOWED]);
  log.notice('ready', [`Holdfast is ready on ${listener.url}`]);
  process.on('uncaughtException', (error) => {
    // Node would print the message, and from now on that may hold what a client sent.
    log.error('server-failed', namesOf(error));
    process.exit(1);
  });
}

/** Every submit without a type would be refused, and nobody would know why. Throws UnusableSettings. */
function refuseUnknownDefault({ defaultType }: Settings, { catalogue }: Installation): void {
  if (defaultType === undefined || catalogue.has(defaultType)) return;
  throw new UnusableSettings(`DEFAULT_TYPE must be a type of this installation: ${[...catalogue.keys()].join(', ')}.`);
}

const labOn = (ports: Ports, { catalogue }: Installation): Lab =>
  new Lab({ ...ports, hasType: (type) => catalogue.has(type) });

interface Opening {
  readonly settings: Settings;
  readonly installation: Installation;
  readonly lab: Lab | undefined;
  readonly log: ServerLog;
  readonly stopping: AbortSignal;
}

async function open(engine: Engine, opening: Opening): Promise<Listener> {
  const { settings, log } = opening;
  try {
    const house = await houseOf(engine, opening);
    const { openapi, asyncapi } = opening.installation;
    const shown = pages({ openapi, asyncapi, swaggerUi: installedSwaggerUi(), dashboard: builtDashboard() });
    const allowsHost = hostsAllowed(settings.isOnLoopback, settings.allowedHosts);
    const guests = { allowsHost, origins: new Set(settings.corsOrigins) };
    const app = createApp({ house, ...guests, pages: shown });
    const live = openLive({ house, guests });
    return await listen({ app, live, host: settings.host, port: settings.port, log });
  } catch (error) {
    await engine.stop();
    throw error;
  }
}

async function houseOf(engine: Engine, { settings, installation, lab, log, stopping }: Opening): Promise<House> {
  const { desk, changes } = engine;
  return {
    desk,
    changes,
    facts: () => engine.facts(),
    catalogue: installation.catalogue,
    loaded: (type) => engine.loaded(type),
    ...(await openSignIn(settings, desk.ports, log)),
    limits: settings.rate === undefined ? noLimits : tenantLimits({ clock: systemClock, rate: settings.rate }),
    defaultType: settings.defaultType,
    maxWaitMs: MAX_WAIT_MS,
    stopping,
    version: versionOfHoldfast(),
    faults: lab,
  };
}

interface Running {
  readonly engine: Engine;
  readonly listener: Listener;
  readonly stopping: AbortController;
  readonly log: ServerLog;
}

/** Waits end, answers leave, attempts finish or are released. A second signal ends all at once. */
function stopOnSignal({ engine, listener, stopping, log }: Running): void {
  let firstAtMs: number | undefined;
  const stop = async (): Promise<void> => {
    log.notice('stopping', ['Holdfast is stopping: running attempts may finish. Signal again to stop at once.']);
    stopping.abort();
    await listener.close(LAST_ANSWERS_WITHIN_MS);
    await engine.stop();
    log.notice('stopped', ['Holdfast has stopped.']);
    process.exit(0);
  };
  const heard = (): void => {
    if (firstAtMs !== undefined && performance.now() - firstAtMs > SAME_SIGNAL_MS) giveUp('Holdfast stops at once.');
    if (firstAtMs !== undefined) return;
    firstAtMs = performance.now();
    void stop();
  };
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP']) process.on(signal, heard);
}

function giveUp(sentence: string): never {
  console.error(sentence);
  process.exit(1);
}

const SENTENCES = [UnusableSettings, UnusableTasksDir, UnusableDataDir, CannotListen];

try {
  const settings = readSettings();
  const log = createLog({
    level: settings.logLevel,
    isTerminal: process.stdout.isTTY,
    write: lineWriter(process.stdout),
  });
  const shown = Object.entries(shownSettings(settings)).map(([name, value]) => `${name}=${value}`);
  log.notice('settings', shown);
  await start(settings, log);
} catch (error) {
  if (error instanceof Error && SENTENCES.some((known) => error instanceof known)) giveUp(error.message);
  throw error;
}
