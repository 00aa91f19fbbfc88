/**
 * `npm run start:twin`: AWS on this machine, with everything that serverless.yml declares, until Ctrl-C; then all tasks are
 * forgotten. PORT is its own, every other variable that Holdfast reads is handed to the functions, and the types of TASKS_DIR
 * are theirs. An argument names another serverless.yml.
 */
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readInstallation } from '../../installation.ts';
import { readAwsSettings } from '../../lambda/settings.ts';
import type { Environment } from '../../settings-reader.ts';
import { Reader, UnusableSettings } from '../../settings-reader.ts';
import { ownTypesModule } from '../../toolchain/own-types-module.ts';
import { UnusableFile } from './serverless-file.ts';
import type { Twin } from './twin.ts';
import { startTwin } from './twin.ts';

const ROOT = join(import.meta.dirname, '../../..');
/** Of the functions; README.md says what each means. */
const HANDED_ON =
  /^(?:CORS_ORIGINS|DEFAULT_TYPE|EGRESS_ALLOW|FAULTS_ALLOWED|IDENTITY|LOG_LEVEL|OIDC_\w+|RATE_\w+|SECRET_\w+|TIMING)$/;

/** The task types of TASKS_DIR, as a packaged stage has them. */
function ownTypes(tasksDir: string | undefined): Record<string, string> {
  if (tasksDir === undefined) return {};
  const folder = join(ROOT, '.cache', 'twin');
  const module = join(folder, 'own-types.mjs');
  mkdirSync(folder, { recursive: true });
  writeFileSync(module, ownTypesModule(tasksDir));
  return { '#own-types': module };
}

const ALONE = { IDENTITY: 'local', DEFAULT_TYPE: 'simulate', LOG_LEVEL: 'info' };
/** Whatever is wrong is said here: in a function it would be a 500 and a stack. */
const AS_IN_A_FUNCTION = { STAGE: 'dev', AWS_ENDPOINT_URL_DYNAMODB: 'http://127.0.0.1' };

/** Throws UnusableSettings. */
function wanted(given: Environment): { environment: Record<string, string>; port: number; tasksDir?: string } {
  const handedOn = Object.entries(given).filter(([name, value]) => HANDED_ON.test(name) && value);
  const environment = { ...ALONE, ...(Object.fromEntries(handedOn) as Record<string, string>) };
  const read = new Reader(given);
  const [port, tasksDir] = [read.port('PORT'), read.folder('TASKS_DIR')];
  if (read.problems.length > 0) throw new UnusableSettings(read.problems.join('\n'));
  readAwsSettings([], { ...environment, ...AS_IN_A_FUNCTION });
  return { environment, port, ...(tasksDir !== undefined && { tasksDir }) };
}

function sentenceOf(error: unknown): string {
  if (error instanceof UnusableSettings || error instanceof UnusableFile) return error.message;
  const { code, port } = error as NodeJS.ErrnoException & { port?: number };
  if (code === 'EADDRINUSE') return `Port ${port} is in use. Stop what uses it, or set PORT to another one.`;
  throw error;
}

/** Throws UnusableSettings. */
function fileTyped([file, ...more]: readonly string[]): string | undefined {
  if (more.length === 0 && !file?.startsWith('-')) return file;
  throw new UnusableSettings('npm run start:twin takes the file that stands for serverless.yml, and nothing else.');
}

async function started(): Promise<Twin> {
  const dashboard = join(ROOT, 'web/build');
  try {
    const file = fileTyped(process.argv.slice(2));
    const { environment, port, tasksDir } = wanted(process.env);
    return await startTwin({
      ...(file !== undefined && { file }),
      ...{ port, environment, aliases: ownTypes(tasksDir) },
      contracts: await readInstallation(tasksDir),
      dashboard: existsSync(dashboard) ? dashboard : undefined,
      onLine: (functionName, line) => console.log(`${functionName}: ${line}`),
    });
  } catch (error) {
    console.error(sentenceOf(error));
    process.exit(1);
  }
}

const twin = await started();
console.log(`The twin is ready: ${twin.url}/app, live channel ${twin.liveUrl}`);
const { dynamodb, sqs } = twin.emulators;
console.log(`DynamoDB is at ${dynamodb} (${twin.tables.join(', ')}), SQS at ${sqs}.`);

let isStopping = false;
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => {
    if (isStopping) return;
    isStopping = true;
    void twin.stop().then(() => process.exit());
  });
}
