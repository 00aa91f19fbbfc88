/**
 * `npm run start:twin`: AWS on this machine, with everything that serverless.yml declares, until Ctrl-C; then all tasks are
 * forgotten. PORT is its own, every other variable that Holdfast reads is handed to the functions, and the types of TASKS_DIR
 * are theirs. An argument names another serverless.yml.
 */
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { ownTypesModule } from '../../toolchain/own-types-module.ts';
import { startTwin } from './twin.ts';

const ROOT = join(import.meta.dirname, '../../..');
const STANDARD_PORT = 4000;
/** Of the functions; README.md says what each means. */
const HANDED_ON = /^(?:CORS_ORIGINS|DEFAULT_TYPE|EGRESS_ALLOW|IDENTITY|LOG_LEVEL|OIDC_\w+|RATE_\w+|SECRET_\w+|TIMING)$/;

/** The task types of TASKS_DIR, as a packaged stage has them. */
function ownTypes(): Record<string, string> {
  const tasksDir = process.env['TASKS_DIR']?.trim();
  if (!tasksDir) return {};
  const folder = join(ROOT, '.cache', 'twin');
  const module = join(folder, 'own-types.mjs');
  mkdirSync(folder, { recursive: true });
  writeFileSync(module, ownTypesModule(resolve(tasksDir)));
  return { '#own-types': module };
}

const handedOn = Object.entries(process.env).filter(([name, value]) => HANDED_ON.test(name) && value);
const dashboard = join(ROOT, 'web/build');
const [file] = process.argv.slice(2);
const twin = await startTwin({
  ...(file !== undefined && { file }),
  port: Number(process.env['PORT'] ?? STANDARD_PORT),
  environment: {
    IDENTITY: 'local',
    DEFAULT_TYPE: 'simulate',
    LOG_LEVEL: 'info',
    ...(Object.fromEntries(handedOn) as Record<string, string>),
  },
  aliases: ownTypes(),
  dashboard: existsSync(dashboard) ? dashboard : undefined,
  onLine: (functionName, line) => console.log(`${functionName}: ${line}`),
});
console.log(`The twin is ready: ${twin.url}/app, live channel ${twin.liveUrl}`);
console.log(`DynamoDB is at ${twin.emulators.dynamodb}, SQS at ${twin.emulators.sqs}.`);

let isStopping = false;
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => {
    if (isStopping) return;
    isStopping = true;
    void twin.stop().then(() => process.exit());
  });
}
