/** Crashes at every call of the processes on AWS: of their ports, and of the SDK's commands behind them. */
import { afterAll, beforeAll } from 'vitest';
import { AwsHouse, Cloud } from '../testing/crashes/aws-house.ts';
import { crashSuite } from '../testing/crashes/crash-suite.ts';
import { SCENARIOS } from '../testing/crashes/scenarios.ts';

/** A busy machine takes its time. */
const timeoutMs = 600_000;
/** Of each command, not of each port. */
const BY_COMMAND = ['submit → succeeded', 'dead → announced', 'dead → redrive → succeeded'];

/** Here a handler and its process are lost together: the poison of another scenario. */
const WITH_ITS_SERVER = 'an attempt that is lost with its server';

let cloud: Cloud;
beforeAll(async () => {
  cloud = await Cloud.start();
});
afterAll(() => cloud.stop());

crashSuite({
  name: 'DynamoDB and SQS',
  isCloud: true,
  open: (fate, run) => AwsHouse.open(fate, run, { cloud, sites: 'ports' }),
  isCostly: true,
  scenarios: SCENARIOS.filter(({ name }) => name !== WITH_ITS_SERVER),
  timeoutMs,
});

crashSuite({
  name: 'DynamoDB and SQS by command',
  isCloud: true,
  open: (fate, run) => AwsHouse.open(fate, run, { cloud, sites: 'commands' }),
  scenarios: SCENARIOS.filter(({ name }) => BY_COMMAND.includes(name)),
  isCostly: true,
  timeoutMs,
});
