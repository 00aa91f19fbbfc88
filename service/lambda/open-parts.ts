/** The composition on AWS: settings come in, out come the ports of the core with the rules and types that all functions share. */
import { openSqs, openTable } from '../aws/clients.ts';
import { openKeyValue } from '../aws/dynamo-key-value.ts';
import { openLedger } from '../aws/dynamo-ledger.ts';
import { openStatistics } from '../aws/dynamo-statistics.ts';
import { openDeadLetters } from '../aws/sqs-dead-letters.ts';
import { openDoorbell } from '../aws/sqs-doorbell.ts';
import type { Texts } from '../aws/siblings.ts';
import { openPublisher } from '../aws/sqs-events.ts';
import { attemptLines } from '../attempt-lines.ts';
import type { Breaking } from '../core/ports.ts';
import type { Rules } from '../core/rules.ts';
import { Changes } from '../core/watch.ts';
import { breaking } from '../faults/breaking.ts';
import { Lab } from '../faults/lab.ts';
import { taskView } from '../http/view.ts';
import type { ServerLog } from '../log.ts';
import { systemClock, systemRandom } from '../platform.ts';
import { constantsOf } from '../timing.ts';
import { openLog } from './log.ts';
import type { AwsPorts } from './parts.ts';
import type { AwsSettings } from './settings.ts';
import type { BundledTypes } from './types.ts';
import { openTypes } from './types.ts';

export interface TaskParts<S extends AwsSettings = AwsSettings> {
  readonly settings: S;
  readonly log: ServerLog;
  readonly ports: AwsPorts;
  readonly rules: Rules;
  readonly types: BundledTypes;
  /** Of this process. */
  readonly changes: Changes;
  /** Undefined where nothing may be broken on purpose. */
  readonly lab?: Lab;
  readonly breaking?: Breaking;
}

/** `texts`: `left` for whoever neither shows nor runs tasks. */
export async function openTasks<S extends AwsSettings>(settings: S, texts: Texts = 'read'): Promise<TaskParts<S>> {
  const log = openLog(settings);
  const types = await openTypes(systemClock);
  const rules: Rules = { constants: constantsOf(settings), policyOf: (type) => types.policyOf(type) };
  const changes = new Changes();
  const ports = portsOf(settings, { log, rules, changes, texts });
  const parts = { settings, log, ports, rules, types, changes };
  return settings.faultsAllowed ? broken(parts, texts) : parts;
}

/** The sweeper, which alone leaves the texts, looks after the tasks of all tenants at once. */
function broken<S extends AwsSettings>(parts: TaskParts<S>, texts: Texts): TaskParts<S> {
  const { ports, types } = parts;
  const lab = new Lab({ ...ports, hasType: (type) => types.loaded(type) !== undefined });
  const between = breaking(ports, lab);
  const { ledger, doorbell } = texts === 'left' ? between.upkeep : between.ports;
  return { ...parts, ports: { ...ports, ledger, doorbell, faults: lab }, lab, breaking: between };
}

type Told = Pick<TaskParts, 'log' | 'rules' | 'changes'> & { readonly texts: Texts };

function portsOf({ resources }: AwsSettings, { log, rules, changes, texts }: Told): AwsPorts {
  const clock = systemClock;
  const table = openTable(resources.TABLE);
  const sqs = openSqs();
  const keyValue = openKeyValue({ table, clock });
  // The first claim counts a task as accepted: a submit writes nothing beside it.
  const statistics = openStatistics({ keyValue, clock, acceptedBy: 'first-claim' });
  const queues = {
    fresh: resources.QUEUE_FRESH,
    recovery: resources.QUEUE_RECOVERY,
    isolated: resources.QUEUE_ISOLATED,
  };
  return {
    ledger: openLedger({ table, clock, texts, pastCounts: (tenant) => statistics.pastCounts(tenant) }),
    keyValue,
    statistics,
    doorbell: openDoorbell({ sqs, queues, clock, log }),
    publisher: publisherTo({ log, rules, changes }, { sqs, queueUrl: resources.QUEUE_EVENTS }),
    deadLetters: openDeadLetters({ sqs, queueUrl: resources.QUEUE_DEAD, log }),
    clock,
    random: systemRandom(),
    log,
  };
}

type EventsQueue = Pick<Parameters<typeof openPublisher>[0], 'sqs' | 'queueUrl'>;

/** Who waits in this process is told at once, viewers of the live channel by the queue. */
function publisherTo({ log, rules, changes }: Omit<Told, 'texts'>, queue: EventsQueue): AwsPorts['publisher'] {
  const viewers = openPublisher({ ...queue, view: (task) => taskView(task, rules), log });
  const tellAttempts = attemptLines(log);
  return {
    publish: async (events) => {
      changes.notify(events);
      tellAttempts(events);
      await viewers.publish(events);
    },
    flush: () => viewers.flush(),
  };
}
