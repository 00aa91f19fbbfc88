/**
 * A witness between functions and emulators: told by the fault proxies what DynamoDB and SQS really did, out come the history
 * of every task in the ledger, its newest item, and how many bells were rung for it. Nothing of it passes through our code.
 */
import type { LedgerTask } from '../../core/task.ts';
import { isUnreadable } from '../../core/ports.ts';
import type { Item } from '../../aws/item-size.ts';
import { taskOf } from '../../aws/task-item.ts';
import type { AuditRow } from '../audit.ts';
import type { Answer } from '../fault-proxy/answers.ts';
import type { Call } from '../fault-proxy/rules.ts';

type Wire = Readonly<Record<string, Readonly<Record<string, unknown>>>>;
interface Entry {
  readonly Id: string;
  readonly MessageBody?: string;
}

/** Every form but numbers is read as it came. */
const plain = (item: Wire): Item =>
  Object.fromEntries(
    Object.entries(item).map(([name, typed]) => {
      const [value] = Object.values(typed);
      return [name, 'N' in typed ? Number(value) : value];
    }),
  ) as Item;

const add = (counts: Map<string, number>, id: string, count: number): void => {
  counts.set(id, (counts.get(id) ?? 0) + count);
};

export class Witness {
  readonly #versions = new Map<string, Map<number, LedgerTask>>();
  readonly #bells = new Map<string, number>();
  /** Those that no claim has answered yet. */
  readonly #unanswered = new Map<string, number>();
  readonly #findingsOfLost = new Map<string, number>();

  readonly hear = (call: Call, answer: Answer): void => {
    if (answer.status !== 200) return;
    if (call.service === 'sqs') this.#hearBells(call, answer);
    else if (call.action === 'PutItem') this.#hearItem(call.body['Item'] as Wire);
    else if (call.action === 'UpdateItem')
      this.#hearItem((JSON.parse(answer.text) as { Attributes?: Wire }).Attributes ?? {});
  };

  #hearItem(wire: Wire): void {
    const item = plain(wire);
    if (item['SK'] !== 'L') return;
    const task = taskOf(item);
    if (isUnreadable(task)) throw new Error(`Nobody can read ${task.taskId}: ${task.unreadable}`);
    const before = this.task(task.taskId);
    if (before !== undefined && task.version > before.version) this.#compare(before, task);
    const versions = this.#versions.get(task.taskId) ?? new Map<number, LedgerTask>();
    this.#versions.set(task.taskId, versions.set(task.version, task));
  }

  #compare(before: LedgerTask, { taskId, fence, rings }: LedgerTask): void {
    if (fence > before.fence) add(this.#unanswered, taskId, -1);
    if (rings > before.rings && (this.#unanswered.get(taskId) ?? 0) <= 0) add(this.#findingsOfLost, taskId, 1);
  }

  #hearBells({ action, body }: Call, answer: Answer): void {
    if (action !== 'SendMessageBatch' || !/-(?:Fresh|Recovery|Isolated)Queue$/.test(String(body['QueueUrl']))) return;
    const { Successful = [] } = JSON.parse(answer.text) as { Successful?: Entry[] };
    const taken = new Set(Successful.map(({ Id }) => Id));
    for (const { Id, MessageBody = '' } of body['Entries'] as Entry[]) {
      if (!taken.has(Id)) continue;
      const { taskId } = JSON.parse(MessageBody) as { taskId: string };
      add(this.#bells, taskId, 1);
      add(this.#unanswered, taskId, 1);
    }
  }

  /** The newest item; undefined when the ledger has none. */
  task(taskId: string): LedgerTask | undefined {
    const versions = this.#versions.get(taskId);
    return versions?.get(Math.max(...versions.keys()));
  }

  /** Of those whose id begins so. */
  ids(prefix: string): string[] {
    return [...this.#versions.keys()].filter((id) => id.startsWith(prefix));
  }

  bellsOf(taskId: string): number {
    return this.#bells.get(taskId) ?? 0;
  }

  /** How often it was rung for anew, because nobody had answered. */
  findingsOf(taskId: string): number {
    return this.#tasks(taskId).filter(({ rings }, i, all) => rings > (all[i - 1]?.rings ?? 0)).length;
  }

  /** While no bell was under way. The others were late. */
  findingsOfLost(taskId: string): number {
    return this.#findingsOfLost.get(taskId) ?? 0;
  }

  #tasks(taskId: string): LedgerTask[] {
    return [...(this.#versions.get(taskId)?.values() ?? [])].sort((a, b) => a.version - b.version);
  }

  /** In the order of their versions. Answers of one item may pass each other on the way. */
  historyOf(taskId: string): AuditRow[] {
    return this.#tasks(taskId).map(({ version, fence, status, updatedAtMs }, i, all) => ({
      ...{ taskId, version, fence, atMs: updatedAtMs },
      was: all[i - 1]?.status ?? null,
      becomes: status,
    }));
  }
}
