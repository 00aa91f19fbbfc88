/**
 * What AWS charged for what the meter counts: on demand, first tier, no free tier, US East (N. Virginia), US dollars. Figures as
 * of the day beside each, from the page named; AWS's own price list is the last word: https://aws.amazon.com/pricing/
 */
import type { Quantity, Usage } from './usage.ts';
import { QUANTITIES } from './usage.ts';

export const PRICES_OF = { region: 'us-east-1', currency: 'USD', asOf: '2026-06' } as const;

export interface Price {
  readonly dollars: number;
  readonly per: number;
  readonly what: string;
  readonly source: string;
  /** When the source said so. */
  readonly asOf: string;
}

const MILLION = 1_000_000;
const GB = 1_000_000_000;
const MONTH_SECONDS = 30 * 24 * 3600;

const WRITE: Price = {
  dollars: 0.625,
  per: MILLION,
  what: 'DynamoDB write request units',
  source:
    'https://aws.amazon.com/dynamodb/pricing/on-demand/ (by https://airbyte.com/data-engineering-resources/dynamodb-pricing)',
  asOf: '2025-07',
};

export const PRICES: Readonly<Record<Quantity, Price>> = {
  ownWriteUnits: WRITE,
  sharedWriteUnits: WRITE,
  readUnits: { ...WRITE, dollars: 0.125, what: 'DynamoDB read request units' },
  storedByteSeconds: {
    dollars: 0.25,
    per: GB * MONTH_SECONDS,
    what: 'DynamoDB storage, GB-months',
    source: 'https://aws.amazon.com/dynamodb/pricing/on-demand/',
    asOf: '2025-07',
  },
  sqsRequests: {
    dollars: 0.4,
    per: MILLION,
    what: 'SQS requests, standard queues',
    source: 'https://aws.amazon.com/sqs/pricing/ (by https://cloudburn.io/blog/amazon-sqs-pricing)',
    asOf: '2026-03',
  },
  fairRequests: {
    dollars: 0.1,
    per: MILLION,
    what: 'SQS surcharge of fair queues',
    source: 'https://aws.amazon.com/sqs/pricing/ (by https://cloudburn.io/blog/amazon-sqs-pricing)',
    asOf: '2026-03',
  },
  invocations: {
    dollars: 0.2,
    per: MILLION,
    what: 'Lambda requests',
    source: 'https://aws.amazon.com/lambda/pricing/ (by https://cloudchipr.com/blog/aws-lambda-pricing)',
    asOf: '2024-11',
  },
  gbSeconds: {
    dollars: 0.0000133334,
    per: 1,
    what: 'Lambda GB-seconds, arm64',
    source: 'https://aws.amazon.com/lambda/pricing/ (by https://cloudchipr.com/blog/aws-lambda-pricing)',
    asOf: '2024-11',
  },
  httpRequests: {
    dollars: 1,
    per: MILLION,
    what: 'API Gateway requests, HTTP API',
    source: 'https://aws.amazon.com/api-gateway/pricing/ (by https://www.wring.co/blog/aws-api-gateway-pricing-guide)',
    asOf: '2026-06',
  },
  webSocketMessages: {
    dollars: 1,
    per: MILLION,
    what: 'API Gateway WebSocket messages',
    source: 'https://aws.amazon.com/api-gateway/pricing/ (by https://www.wring.co/blog/aws-api-gateway-pricing-guide)',
    asOf: '2026-06',
  },
  connectionMinutes: {
    dollars: 0.25,
    per: MILLION,
    what: 'API Gateway WebSocket connection minutes',
    source: 'https://aws.amazon.com/api-gateway/pricing/ (by https://www.wring.co/blog/aws-api-gateway-pricing-guide)',
    asOf: '2026-06',
  },
  logBytes: {
    dollars: 0.5,
    per: GB,
    what: 'CloudWatch Logs taken in, GB',
    source: 'https://aws.amazon.com/cloudwatch/pricing/ (by https://c3x.dev/blog/cloudwatch-logs-cost-optimization)',
    asOf: '2026-06',
  },
  egressBytes: {
    dollars: 0.09,
    per: GB,
    what: 'Data transfer out to the internet, GB',
    source:
      'https://aws.amazon.com/ec2/pricing/on-demand/ (by https://www.wring.co/blog/aws-api-gateway-pricing-guide)',
    asOf: '2026-06',
  },
};

export const costOf = (quantity: Quantity, amount: number): number =>
  (amount * PRICES[quantity].dollars) / PRICES[quantity].per;

export const dollarsOf = (usage: Usage): number => QUANTITIES.reduce((sum, each) => sum + costOf(each, usage[each]), 0);
