/**
 * The commands of DynamoDB that write: applied to the model of the table, and billed. A failed condition is billed like the write
 * that it kept from happening, and touches no index:
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/read-write-operations.html#write-operation-consumption
 */
import { ConditionalCheckFailedException, TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import type {
  BatchWriteCommandInput,
  BatchWriteCommandOutput,
  DeleteCommandInput,
  PutCommandInput,
  TransactWriteCommandInput,
  UpdateCommandInput,
} from '@aws-sdk/lib-dynamodb';
import { KEYS } from '../../aws/table.ts';
import { indexWrites, TRANSACTION_FACTOR, writeUnits } from './dynamo-rules.ts';
import { conditionOf } from './expressions.ts';
import type { Item } from './item-size.ts';
import type { Key, TableModel } from './table-model.ts';
import { updated } from './updates.ts';
import type { UsageBook } from './usage.ts';

/** A task's own item, or one beside it; everything else is shared by many tasks. */
const isOwn = (partition: string): boolean => /^T#.*#TASK#/.test(partition);

/** A write of one item: what of Put, Update, Delete and ConditionCheck is there. */
export type Write = Partial<Pick<PutCommandInput, 'Item'>> &
  Partial<Pick<UpdateCommandInput, 'UpdateExpression'>> &
  Partial<Omit<DeleteCommandInput, 'TableName'>>;

export interface Written {
  readonly old: Item | undefined;
  readonly next: Item | undefined;
}

export type Verdict = 'ask' | 'passed' | 'failed';

export class DynamoWrites {
  private readonly model: TableModel;
  private readonly book: UsageBook;

  constructor(model: TableModel, book: UsageBook) {
    this.model = model;
    this.book = book;
  }

  /**
   * `verdict`: what the service said of the condition, or `ask` the model. Undefined when the condition does not hold.
   * `next` of a write that cannot be worked out (a failed one that could not have been applied) is left out of its bill.
   */
  write(write: Write, verdict: Verdict, kind: 'put' | 'update' | 'delete'): Written | undefined {
    const key = write.Key ?? keyOf(write.Item!);
    const old = this.model.get(key);
    const isMet = verdict === 'ask' ? conditionOf(write.ConditionExpression, write)(old ?? {}) : verdict === 'passed';
    if (!isMet) {
      this.bill(key, { old, next: attempted(write, old, kind) }, { isMet, factor: 1 });
      return undefined;
    }
    const next = nextOf(write, old, kind);
    this.bill(key, { old, next }, { isMet, factor: 1 });
    this.model.set(key, next);
    return { old, next };
  }

  /** Each item is rounded by itself. What was not processed is not billed. */
  batch(input: BatchWriteCommandInput, output: BatchWriteCommandOutput | undefined): void {
    for (const [table, requests] of Object.entries(input.RequestItems ?? {})) {
      const left = new Set((output?.UnprocessedItems?.[table] ?? []).map((each) => JSON.stringify(each)));
      for (const request of requests) {
        if (left.has(JSON.stringify(request))) continue;
        if (request.PutRequest) this.write({ Item: request.PutRequest.Item }, 'passed', 'put');
        else this.write({ Key: request.DeleteRequest!.Key }, 'passed', 'delete');
      }
    }
  }

  /** All or nothing. Two units for each, one to prepare and one to commit, also when it is cancelled. */
  transact(input: TransactWriteCommandInput, verdict: Verdict): void {
    const all = (input.TransactItems ?? []).map((each) => {
      const write: Write = { ...(each.Put ?? each.Update ?? each.Delete ?? each.ConditionCheck!) };
      const key = write.Key ?? keyOf(write.Item!);
      const old = this.model.get(key);
      const kind = each.Put ? 'put' : each.Update ? 'update' : each.Delete ? 'delete' : 'check';
      return { write, key, old, kind, isMet: conditionOf(write.ConditionExpression, write)(old ?? {}) } as const;
    });
    const isMet = verdict === 'ask' ? all.every((each) => each.isMet) : verdict === 'passed';
    for (const { write, key, old, kind } of all) {
      const next = kind === 'check' ? old : isMet ? nextOf(write, old, kind) : attempted(write, old, kind);
      this.bill(key, { old, next }, { isMet, factor: TRANSACTION_FACTOR });
      if (isMet && kind !== 'check') this.model.set(key, next);
    }
    if (!isMet && verdict === 'ask') throw cancelled(all);
  }

  private bill(key: Key, { old, next }: Written, { isMet, factor }: { isMet: boolean; factor: number }): void {
    const partition = String(key[KEYS.partition]);
    const quantity = isOwn(partition) ? 'ownWriteUnits' : 'sharedWriteUnits';
    const units = writeUnits(old, next) * factor;
    this.book.add(quantity, units);
    this.book.charge({ partition }, 'writes', units);
    if (!isMet) return;
    for (const shape of this.model.indexes)
      for (const write of indexWrites(shape, old, next)) {
        this.book.add(quantity, write.units);
        this.book.charge(write, 'writes', write.units);
      }
  }
}

const keyOf = (item: Item): Key => ({
  [KEYS.partition]: item[KEYS.partition],
  [KEYS.sort]: item[KEYS.sort],
});

function nextOf(write: Write, old: Item | undefined, kind: 'put' | 'update' | 'delete'): Item | undefined {
  if (kind === 'put') return structuredClone(write.Item);
  return kind === 'delete' ? undefined : updated(old ?? { ...write.Key }, write.UpdateExpression, write);
}

/** What the item would have become. */
function attempted(write: Write, old: Item | undefined, kind: 'put' | 'update' | 'delete' | 'check'): Item | undefined {
  if (kind === 'check') return old;
  try {
    return nextOf(write, old, kind);
  } catch {
    return undefined; // the update could not be applied to what is there: its condition guards it against that
  }
}

/** As it goes over the wire: the document client leaves the item of a failed condition like that. */
function wire(value: unknown): AttributeValue {
  if (typeof value === 'string') return { S: value };
  if (typeof value === 'number' || typeof value === 'bigint') return { N: String(value) };
  if (typeof value === 'boolean') return { BOOL: value };
  if (value === null) return { NULL: true };
  if (value instanceof Uint8Array) return { B: value };
  if (Array.isArray(value)) return { L: value.map(wire) };
  if (value instanceof Set) return { SS: [...(value as Set<string>)] };
  return { M: wired(value as Item) };
}

const wired = (item: Item): Record<string, AttributeValue> =>
  Object.fromEntries(Object.entries(item).map(([name, value]) => [name, wire(value)]));

export function conditionFailed(write: Write, old: Item | undefined): ConditionalCheckFailedException {
  return new ConditionalCheckFailedException({
    message: 'The conditional request failed',
    $metadata: {},
    ...(write.ReturnValuesOnConditionCheckFailure === 'ALL_OLD' && old && { Item: wired(old) }),
  });
}

const cancelled = (all: readonly { isMet: boolean; old: Item | undefined; write: Write }[]): Error =>
  new TransactionCanceledException({
    message: 'Transaction cancelled',
    $metadata: {},
    CancellationReasons: all.map(({ isMet, old, write }) => ({
      Code: isMet ? 'None' : 'ConditionalCheckFailed',
      ...(!isMet && write.ReturnValuesOnConditionCheckFailure === 'ALL_OLD' && old && { Item: wired(old) }),
    })),
  });
