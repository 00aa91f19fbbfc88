/** What a schedule of EventBridge sends: https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-run-lambda-schedule.html */
import { randomUUID } from 'node:crypto';
import type { ScheduledEvent } from 'aws-lambda';
import { REGION } from '../emulators/dynamo.ts';
import { ACCOUNT } from './resources.ts';

export const scheduledEvent = (functionName: string): ScheduledEvent => ({
  version: '0',
  id: randomUUID(),
  'detail-type': 'Scheduled Event',
  source: 'aws.events',
  account: ACCOUNT,
  time: new Date().toISOString(),
  region: REGION,
  resources: [`arn:aws:events:${REGION}:${ACCOUNT}:rule/${functionName}`],
  detail: {},
});
