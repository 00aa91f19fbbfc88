/**
 * The stack that functions are usually made of, to be measured against: the SDK, Powertools with its tracer, middy and zod, bundled
 * as their own documentation says. Installed into a folder that git does not know, by exact versions; no part of the product.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';

const ROOT = join(import.meta.dirname, '..', '..', '..');
const FOLDER = join(ROOT, '.cache', 'usual-stack');

const PACKAGES = {
  '@aws-lambda-powertools/tracer': '2.36.0',
  '@aws-sdk/client-dynamodb': '3.1162.0',
  '@aws-sdk/client-sqs': '3.1162.0',
  '@aws-sdk/lib-dynamodb': '3.1162.0',
  '@middy/core': '7.9.2',
  zod: '4.6.7',
};

/** Takes a task, stores it and rings for it: what our own API does, without any of its rules. */
const HANDLER = `
import { Tracer } from '@aws-lambda-powertools/tracer';
import { captureLambdaHandler } from '@aws-lambda-powertools/tracer/middleware';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SQSClient, SendMessageCommand } from '@aws-sdk/client-sqs';
import { DynamoDBDocumentClient, PutCommand } from '@aws-sdk/lib-dynamodb';
import middy from '@middy/core';
import { z } from 'zod';

const tracer = new Tracer({ serviceName: 'tasks' });
const table = DynamoDBDocumentClient.from(tracer.captureAWSv3Client(new DynamoDBClient({})));
const queue = tracer.captureAWSv3Client(new SQSClient({}));
const Submit = z.object({ taskId: z.string().regex(/^[A-Za-z0-9_-]{1,64}$/), payload: z.record(z.string(), z.unknown()) });

export const handler = middy(async (event) => {
  const { taskId, payload } = Submit.parse(JSON.parse(event.body));
  const Item = { PK: taskId, status: 'queued', payload, createdAt: Date.now() };
  await table.send(new PutCommand({ TableName: process.env.TABLE, Item, ConditionExpression: 'attribute_not_exists(PK)' }));
  await queue.send(new SendMessageCommand({ QueueUrl: process.env.QUEUE_FRESH, MessageBody: taskId }));
  return { statusCode: 202, headers: { 'content-type': 'application/json' }, body: JSON.stringify({ taskId }) };
}).use(captureLambdaHandler(tracer));
`;

/** Throws a sentence where the registry does not have it. */
export async function bundleUsualStack(): Promise<string> {
  install();
  writeFileSync(join(FOLDER, 'handler.mjs'), HANDLER);
  const outfile = join(FOLDER, 'bundle.mjs');
  await build({
    entryPoints: [join(FOLDER, 'handler.mjs')],
    outfile,
    bundle: true,
    minify: true,
    platform: 'node',
    format: 'esm',
    target: 'node24',
    mainFields: ['module', 'main'],
    banner: { js: "import{createRequire}from'module';const require=createRequire(import.meta.url);" },
  });
  return readFileSync(outfile, 'utf8');
}

function install(): void {
  const manifest = JSON.stringify({ private: true, dependencies: PACKAGES });
  const path = join(FOLDER, 'package.json');
  if (existsSync(join(FOLDER, 'node_modules')) && existsSync(path) && readFileSync(path, 'utf8') === manifest) return;
  mkdirSync(FOLDER, { recursive: true });
  writeFileSync(path, manifest);
  const args = ['install', '--ignore-scripts', '--no-audit', '--no-fund'];
  const { status } = spawnSync('npm', args, { cwd: FOLDER, stdio: 'inherit' });
  if (status !== 0) throw new Error('The usual stack could not be installed: npm says why above.');
}
