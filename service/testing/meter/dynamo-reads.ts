/**
 * The commands of DynamoDB that read: answered by the model of the table, and billed by what they look at, not by what they
 * return: https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/read-write-operations.html#read-operation-consumption
 */
import type {
  BatchGetCommandInput,
  GetCommandInput,
  QueryCommandInput,
  QueryCommandOutput,
  ScanCommandInput,
} from '@aws-sdk/lib-dynamodb';
import { KEYS } from '../../aws/table.ts';
import { getUnits, queryUnits } from './dynamo-rules.ts';
import type { Placeholders } from './expressions.ts';
import { conditionOf, keyConditionOf, projectedNames } from './expressions.ts';
import type { Item } from './item-size.ts';
import { itemBytes } from './item-size.ts';
import type { Key, TableModel } from './table-model.ts';
import type { UsageBook } from './usage.ts';

/** https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Query.Pagination.html */
const PAGE_BYTES = 1024 * 1024;

export type Page = Pick<QueryCommandOutput, 'Items' | 'Count' | 'ScannedCount' | 'LastEvaluatedKey'>;

export class DynamoReads {
  private readonly model: TableModel;
  private readonly book: UsageBook;

  constructor(model: TableModel, book: UsageBook) {
    this.model = model;
    this.book = book;
  }

  get(input: Omit<GetCommandInput, 'TableName'>): Item | undefined {
    const item = this.model.get(input.Key ?? {});
    this.bill({ partition: String(input.Key?.[KEYS.partition]) }, getUnits(item, input.ConsistentRead ?? false));
    return item && projected(item, input);
  }

  /** Each item is rounded by itself. */
  batch(input: BatchGetCommandInput): Record<string, Item[]> {
    return Object.fromEntries(
      Object.entries(input.RequestItems ?? {}).map(([table, { Keys = [], ...rest }]) => [
        table,
        Keys.map((Key) => this.get({ ...rest, Key })).filter((item) => item !== undefined),
      ]),
    );
  }

  query(input: QueryCommandInput): Page {
    const shape = this.model.indexes.find(({ index }) => index === input.IndexName) ?? KEYS;
    const { partition, passes } = keyConditionOf(input.KeyConditionExpression!, input, shape.partition);
    const from = { isForward: input.ScanIndexForward ?? true, after: input.ExclusiveStartKey };
    const entries = this.model.walk(input.IndexName, partition, from);
    const { page, bytes } = pageOf(entries, { ...input, passes }, (item) => keyOf(item, [shape, KEYS]));
    this.bill({ index: input.IndexName, partition }, queryUnits(bytes, input.ConsistentRead ?? false));
    return page;
  }

  scan(input: ScanCommandInput): Page {
    const shape = this.model.indexes.find(({ index }) => index === input.IndexName) ?? KEYS;
    const entries = behind(this.model.all(input.IndexName), input.ExclusiveStartKey);
    const { page, bytes } = pageOf(entries, { ...input, passes: () => true }, (item) => keyOf(item, [shape, KEYS]));
    this.bill(
      { index: input.IndexName, partition: 'all, by a scan' },
      queryUnits(bytes, input.ConsistentRead ?? false),
    );
    return page;
  }

  private bill(place: { index?: string | undefined; partition: string }, units: number): void {
    this.book.add('readUnits', units);
    this.book.charge(place, 'reads', units);
  }
}

type Paging = Placeholders &
  Pick<QueryCommandInput, 'FilterExpression' | 'Limit' | 'ProjectionExpression' | 'Select'> & {
    readonly passes: (item: Item) => boolean;
  };

function pageOf(entries: Iterable<Item>, paging: Paging, keyOf: (item: Item) => Item): { page: Page; bytes: number } {
  const isWanted = conditionOf(paging.FilterExpression, paging);
  const items: Item[] = [];
  let [bytes, examined] = [0, 0];
  let last: Item | undefined;
  for (const entry of entries) {
    if (!paging.passes(entry)) continue;
    bytes += itemBytes(entry);
    examined += 1;
    if (isWanted(entry)) items.push(projected(entry, paging));
    if (examined === paging.Limit || bytes >= PAGE_BYTES) {
      last = keyOf(entry);
      break;
    }
  }
  const isCount = paging.Select === 'COUNT';
  const page = { ...(!isCount && { Items: items }), Count: items.length, ScannedCount: examined };
  return { page: { ...page, ...(last && { LastEvaluatedKey: last }) }, bytes };
}

const keyOf = (item: Item, shapes: readonly { partition: string; sort: string }[]): Item =>
  Object.fromEntries(shapes.flatMap(({ partition, sort }) => [partition, sort].map((name) => [name, item[name]])));

function* behind(items: Iterable<Item>, start: Key | undefined): Generator<Item> {
  let isBehind = start === undefined;
  for (const item of items) {
    if (isBehind) yield item;
    else isBehind = [KEYS.partition, KEYS.sort].every((name) => item[name] === start![name]);
  }
}

/** Names of the top level only: all that the adapters ask for. */
function projected(item: Item, input: Placeholders & { ProjectionExpression?: string | undefined }): Item {
  if (input.ProjectionExpression === undefined) return item;
  const names = projectedNames(input.ProjectionExpression, input).map(([name]) => String(name));
  return Object.fromEntries(names.filter((name) => item[name] !== undefined).map((name) => [name, item[name]]));
}
