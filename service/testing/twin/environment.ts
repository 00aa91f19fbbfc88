/** The environment of a function: what Lambda gives it, then what the stage says, then what a test says. */
import { join } from 'node:path';
import { CREDENTIALS, REGION } from '../emulators/dynamo.ts';
import type { Resources } from './resources.ts';
import type { FunctionSpec } from './stage.ts';
import type { Endpoints, TwinOptions } from './options.ts';

/** Sources are compiled once, not by each container. */
const COMPILED = join(import.meta.dirname, '../../../.cache/twin');

export interface Surroundings {
  readonly options: Pick<TwinOptions, 'environment' | 'dashboard'>;
  readonly resources: Resources;
  readonly endpoints: Endpoints;
  /** Of the twin. */
  readonly url: string;
}

export function environmentOf(
  spec: FunctionSpec,
  { options, resources, endpoints, url }: Surroundings,
): Record<string, string> {
  const declared = Object.entries(resources.resolve(spec.environment) as Record<string, unknown>);
  const { environment = {}, dashboard } = options;
  return {
    AWS_REGION: REGION,
    AWS_ACCESS_KEY_ID: CREDENTIALS.accessKeyId,
    AWS_SECRET_ACCESS_KEY: CREDENTIALS.secretAccessKey,
    AWS_ENDPOINT_URL_DYNAMODB: endpoints.dynamodb,
    AWS_ENDPOINT_URL_SQS: endpoints.sqs,
    AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x',
    AWS_LAMBDA_FUNCTION_NAME: spec.name,
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(spec.memoryMb),
    AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
    TZ: ':UTC',
    NODE_COMPILE_CACHE: COMPILED,
    ...Object.fromEntries(declared.map(([key, value]) => [key, String(value)])),
    ...environment,
    ...(dashboard !== undefined && { CORS_ORIGINS: origins(url, environment['CORS_ORIGINS']) }),
  };
}

/** A stage names the host of its dashboard, which is the twin here. */
const origins = (url: string, given: string | undefined): string =>
  [url, url.replace('127.0.0.1', 'localhost'), ...(given ? [given] : [])].join(',');
