// npm run package | deploy | remove -- --stage <name>: the Serverless Framework with serverless.yml. To package needs neither
// credentials nor network. Plain JavaScript without dependencies, because any Node from 20 on starts it.
import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { runNode } from './pinned-node.mjs';
import { CannotRun } from './sentences.mjs';

const FRAMEWORK = 'node_modules/serverless/bin/serverless.js';
/** It becomes a part of names on AWS, of which some end at 64 characters. */
const STAGE = /^[a-z][a-z0-9-]{0,23}$/;
const FROM_ENVIRONMENT = [
  ...['AWS_ACCESS_KEY_ID', 'AWS_PROFILE', 'AWS_WEB_IDENTITY_TOKEN_FILE'],
  ...['AWS_CONTAINER_CREDENTIALS_RELATIVE_URI', 'AWS_CONTAINER_CREDENTIALS_FULL_URI'],
];

/** @param {readonly string[]} args */
const valueOf = (args, name) => {
  const at = args.indexOf(name);
  return at === -1 ? args.find((each) => each.startsWith(`${name}=`))?.slice(name.length + 1) : args[at + 1];
};

function guardStage(args) {
  const stage = valueOf(args, '--stage') ?? valueOf(args, '-s') ?? 'dev';
  if (STAGE.test(stage)) return;
  throw new CannotRun('A stage is named with a-z, 0-9 and -, from a letter on, in at most 24 characters: --stage dev.');
}

function guardCredentials(args, environment) {
  const inHome = (variable, name) => environment[variable] ?? join(homedir(), '.aws', name);
  const files = [inHome('AWS_SHARED_CREDENTIALS_FILE', 'credentials'), inHome('AWS_CONFIG_FILE', 'config')];
  const isNamed = valueOf(args, '--aws-profile') !== undefined || FROM_ENVIRONMENT.some((name) => environment[name]);
  if (!isNamed && !files.some((path) => existsSync(path)))
    throw new CannotRun(
      'There are no AWS credentials: set AWS_PROFILE, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, then run this again.',
    );
  if (valueOf(args, '--region') ?? valueOf(args, '-r') ?? environment.AWS_REGION ?? environment.AWS_DEFAULT_REGION)
    return;
  throw new CannotRun('Name the region of the stage: set AWS_REGION, or say --region eu-central-1.');
}

const framework = (command, args) => runNode([FRAMEWORK, command, ...args]);

/** @param {Readonly<Record<string, string | undefined>>} environment */
const writeOwnTypes = (environment) =>
  environment.TASKS_DIR?.trim() ? runNode(['service/toolchain/own-types-module.ts']) : 0;

/** Answers the exit code. */
export async function packageStage(args, environment = process.env) {
  guardStage(args);
  return (await writeOwnTypes(environment)) || framework('package', args);
}

/** The last it prints is where the stage is. */
export async function deployStage(args, environment = process.env) {
  guardStage(args);
  guardCredentials(args, environment);
  const code = (await writeOwnTypes(environment)) || (await framework('deploy', args));
  return code || framework('info', [...args, '--verbose']);
}

export async function removeStage(args, environment = process.env) {
  guardStage(args);
  guardCredentials(args, environment);
  return framework('remove', args);
}
