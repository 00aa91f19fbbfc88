/**
 * A witness between functions and emulators: told by the fault proxies what DynamoDB and SQS really did, out come the history
 * of every task in the ledger, its newest item, and which bells were rung, lost and answered. Of our code it knows the form of an
 * item and what makes a task ready; nothing passes through whoever wrote it.
 */
import { ringGapMs } from '../../core/rules.ts';
import type { LedgerTask } from '../../core/task.ts';
import { isReady } from '../../core/task.ts';
import { isUnreadable } from '../../core/ports.ts';
import type { Item } from '../../aws/item-size.ts';
import { taskKeyOf, taskOf } from '../../aws/task-item.ts';
import { constantsOf } from '../../timing.ts';
import type { AuditRow } from '../audit.ts';
import { contradictions } from '../audit.ts';
import type { Answer } from '../fault-proxy/answers.ts';
import type { Call } from '../fault-proxy/rules.ts';

type Wire = Readonly<Record<string, Readonly<Record<string, unknown>>>>;
interface Entry {
  readonly Id: string;
  readonly MessageBody?: string;
}

const CONSTANTS = constantsOf({ timing: 'short' });
/** Only a claim asks that it has not been there before; all tries of one delivery have the same token. */
const CLAIM = /#o <> (:\d+)/;

/** What was heard of one task. */
class Heard {
  readonly versions = new Map<number, LedgerTask>();
  /** Versions of which there is more than one: one write has gone over another. */
  readonly overwritten: LedgerTask[] = [];
  /** Messages that the queue has, or says that it has. */
  bells = 0;
  lost = 0;
  /** Lost while nobody else was on the way, so that only a sweeper can know. */
  bare = 0;
  /** How often a sweeper rang, and nobody was on the way. */
  found = 0;
  /** How often a sweeper rang at all. */
  rings = 0;
  /** Deliveries that have claimed, or found that there is nothing to claim. */
  readonly answered = new Set<string>();

  get newest(): LedgerTask | undefined {
    return this.versions.get(Math.max(...this.versions.keys()));
  }

  get isOnItsWay(): boolean {
    return this.bells - this.lost > this.answered.size;
  }

  get inOrder(): LedgerTask[] {
    return [...this.versions.values()].sort((a, b) => a.version - b.version);
  }
}

/** Every form but numbers is read as it came. */
const plain = (item: Wire): Item =>
  Object.fromEntries(
    Object.entries(item).map(([name, typed]) => {
      const [value] = Object.values(typed);
      return [name, 'N' in typed ? Number(value) : value];
    }),
  ) as Item;

const isRing = ({ action, body }: Call): boolean =>
  action === 'SendMessageBatch' && /-(?:Fresh|Recovery|Isolated)Queue$/.test(String(body['QueueUrl']));

const entriesOf = ({ body }: Call): Entry[] => body['Entries'] as Entry[];

export class Witness {
  readonly #heard = new Map<string, Heard>();

  readonly hear = (call: Call, answer: Answer): void => {
    if (call.action === 'UpdateItem') this.#hearClaim(call, answer);
    if (answer.status !== 200) return;
    if (isRing(call)) this.#hearBells(call, answer);
    else if (call.action === 'PutItem') this.#hearItem(call.body['Item'] as Wire);
    else if (call.action === 'UpdateItem')
      this.#hearItem((JSON.parse(answer.text) as { Attributes?: Wire }).Attributes ?? {});
  };

  /** Bells that the queue took, and does not have. */
  readonly hearLost = (call: Call): void => {
    if (!isRing(call)) return;
    for (const heard of this.#rungIn(entriesOf(call))) {
      const isNeeded = heard.newest === undefined || isReady(heard.newest);
      if (isNeeded && !heard.isOnItsWay) heard.bare += 1;
      heard.bells += 1;
      heard.lost += 1;
    }
  };

  #of(taskId: string): Heard {
    const heard = this.#heard.get(taskId) ?? new Heard();
    this.#heard.set(taskId, heard);
    return heard;
  }

  #hearItem(wire: Wire): void {
    const item = plain(wire);
    if (item['SK'] !== 'L') return;
    const task = taskOf(item);
    if (isUnreadable(task)) throw new Error(`Nobody can read ${task.taskId}: ${task.unreadable}`);
    const heard = this.#of(task.taskId);
    const before = heard.newest;
    if (before !== undefined && task.version > before.version && isReady(task) && task.rings > before.rings) {
      heard.rings += 1;
      if (!heard.isOnItsWay) heard.found += 1;
    }
    const same = heard.versions.get(task.version);
    if (same && (same.status !== task.status || same.fence !== task.fence || same.owner !== task.owner))
      heard.overwritten.push(task);
    heard.versions.set(task.version, task);
  }

  /** One that comes before its time tries again, and so does one that a condition on `due` refused. */
  #hearClaim({ body }: Call, { status, text }: Answer): void {
    const [, place] = CLAIM.exec(String(body['ConditionExpression'])) ?? [];
    if (place === undefined || (status !== 200 && status !== 400)) return;
    const token = (body['ExpressionAttributeValues'] as Wire)[place]?.['S'] as string;
    const { PK } = plain(body['Key'] as Wire);
    const refusing = status === 400 ? (JSON.parse(text) as { __type?: string; Item?: Wire }) : {};
    if (status === 400 && !refusing.__type?.endsWith('ConditionalCheckFailedException')) return;
    const found = refusing.Item && taskOf(plain(refusing.Item));
    if (found !== undefined && !isUnreadable(found) && isReady(found)) return;
    this.#of(taskKeyOf(PK).taskId).answered.add(token);
  }

  #hearBells(call: Call, answer: Answer): void {
    const { Successful = [] } = JSON.parse(answer.text) as { Successful?: Entry[] };
    const taken = new Set(Successful.map(({ Id }) => Id));
    for (const heard of this.#rungIn(entriesOf(call).filter(({ Id }) => taken.has(Id)))) heard.bells += 1;
  }

  #rungIn(entries: readonly Entry[]): Heard[] {
    return entries.map(({ MessageBody = '' }) => this.#of((JSON.parse(MessageBody) as { taskId: string }).taskId));
  }

  /** The newest item; undefined when the ledger has none. */
  task(taskId: string): LedgerTask | undefined {
    return this.#heard.get(taskId)?.newest;
  }

  /** Of those whose id begins so. */
  ids(prefix: string): string[] {
    return [...this.#heard.keys()].filter((id) => id.startsWith(prefix) && this.task(id) !== undefined);
  }

  bellsOf(taskId: string): Readonly<Pick<Heard, 'bells' | 'lost' | 'bare' | 'found' | 'rings' | 'isOnItsWay'>> {
    return this.#heard.get(taskId) ?? new Heard();
  }

  /** In the order of their versions. Answers of one item may pass each other on the way. */
  historyOf(taskId: string): AuditRow[] {
    return this.#tasks(taskId).map(({ version, fence, status, updatedAtMs }, i, all) => ({
      ...{ taskId, version, fence, atMs: updatedAtMs },
      was: all[i - 1]?.status ?? null,
      becomes: status,
    }));
  }

  /** What must not be, in the history of a task. */
  contradictionsOf(taskId: string): string[] {
    const overwritten = this.#heard.get(taskId)?.overwritten ?? [];
    return [
      ...overwritten.map(({ version, status }) => `[S5] ${taskId} has two versions ${version}, one is ${status}`),
      ...contradictions(this.historyOf(taskId)),
      ...rungTooOften(this.#tasks(taskId)),
    ];
  }

  #tasks(taskId: string): LedgerTask[] {
    return this.#heard.get(taskId)?.inOrder ?? [];
  }
}

/** A sweeper rings once, and looks again after a gap that grows. [S9] */
function rungTooOften(versions: readonly LedgerTask[]): string[] {
  return versions.flatMap(({ taskId, rings, dueMs = 0, updatedAtMs }, i) => {
    const before = versions[i - 1];
    if (before === undefined || rings <= before.rings) return [];
    const isPushed = dueMs >= updatedAtMs + ringGapMs(before.rings, CONSTANTS);
    return isPushed && updatedAtMs >= (before.dueMs ?? 0) ? [] : [`[S9] ${taskId} was rung for before it was due`];
  });
}
