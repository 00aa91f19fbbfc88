/**
 * The SDK's clients, set so that a service of AWS that is slow by seconds is waited for and one that is gone is not. Region,
 * credentials and other endpoints (AWS_ENDPOINT_URL_DYNAMODB, AWS_ENDPOINT_URL_SQS) are the SDK's own variables. One
 * function each: a bundle holds the clients that its function needs.
 */
import { ApiGatewayManagementApiClient } from '@aws-sdk/client-apigatewaymanagementapi';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SQSClient } from '@aws-sdk/client-sqs';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { Table } from './table.ts';

export interface ClientTimes {
  readonly connectionTimeout: number;
  /** Of one try, from its first byte to the last of the answer. */
  readonly requestTimeout: number;
}

/** In milliseconds. A call that takes 2 s ± 1 s is no fault; a claim is given up after 5 s. */
const TIMES: ClientTimes = { connectionTimeout: 3_000, requestTimeout: 5_000 };
/** Tries in all. A write that was tried again may have been made by the first: every adapter knows its own. */
const MAX_ATTEMPTS = 3;

/**
 * Without the second a request that is late is only warned of:
 * https://docs.aws.amazon.com/AWSJavaScriptSDK/v3/latest/Package/-smithy-node-http-handler/Interface/NodeHttpHandlerOptions/
 */
const common = (times: ClientTimes) => ({
  maxAttempts: MAX_ATTEMPTS,
  requestHandler: { ...times, throwOnRequestTimeout: true },
});

export const openTable = (name: string, times: ClientTimes = TIMES): Table => ({
  client: DynamoDBDocumentClient.from(new DynamoDBClient(common(times))),
  name,
});

/** The host of a queue's URL is not asked: that would leave another endpoint out. */
export const openSqs = (times: ClientTimes = TIMES): SQSClient =>
  new SQSClient({ ...common(times), useQueueUrlAsEndpoint: false });

/** `url`: the callback URL of the WebSocket API. */
export const openGatewayClient = (url: string, times: ClientTimes = TIMES): ApiGatewayManagementApiClient =>
  new ApiGatewayManagementApiClient({ ...common(times), endpoint: url });
