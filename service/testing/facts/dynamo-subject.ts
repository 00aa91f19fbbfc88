/** A table of DynamoDB, or of what stands for it, in short words: items of `PK`, with the sort key `a` unless one is given. */
import { UpdateTimeToLiveCommand } from '@aws-sdk/client-dynamodb';
import type { ConsumedCapacity } from '@aws-sdk/client-dynamodb';
import {
  BatchGetCommand,
  BatchWriteCommand,
  DeleteCommand,
  GetCommand,
  PutCommand,
  QueryCommand,
  TransactWriteCommand,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';
import type { TransactWriteCommandInput } from '@aws-sdk/lib-dynamodb';
import type { Table } from '../../aws/table.ts';
import { TTL } from '../../aws/table.ts';

type Attributes = Readonly<Record<string, unknown>>;
type TransactItem = NonNullable<TransactWriteCommandInput['TransactItems']>[number];

export const keyOf = (PK: string, SK = 'a') => ({ PK, SK });

/** The bytes of an item of key `o` beside the value of its `x`: the names, and the values of the key. */
export const BESIDE_X = 'PK'.length + 'o'.length + 'SK'.length + 'a'.length + 'x'.length;

/** Of a failed request: undefined when it succeeded. */
export const refusal = (request: Promise<unknown>): Promise<string | undefined> =>
  request.then(
    () => undefined,
    (error: unknown) => (error as Error).name,
  );

export const isInvalid = async (request: Promise<unknown>): Promise<boolean> =>
  (await refusal(request)) === 'ValidationException';

export const isConditional = async (request: Promise<unknown>): Promise<boolean> =>
  (await refusal(request)) === 'ConditionalCheckFailedException';

interface Costly {
  readonly ConsumedCapacity?: ConsumedCapacity | undefined;
}

/** Of the table alone, without its indexes. */
export const unitsIn = ({ ConsumedCapacity }: Costly): number | undefined => ConsumedCapacity?.Table?.CapacityUnits;

export const indexUnitsIn = ({ ConsumedCapacity }: Costly): number =>
  ConsumedCapacity?.GlobalSecondaryIndexes?.['attention']?.CapacityUnits ?? 0;

export class Db {
  readonly #table: Table;
  readonly #common: { readonly TableName: string; readonly ReturnConsumedCapacity: 'INDEXES' };

  constructor(table: Table) {
    this.#table = table;
    this.#common = { TableName: table.name, ReturnConsumedCapacity: 'INDEXES' };
  }

  put(item: Attributes & { readonly PK: string }, more: object = {}) {
    return this.#table.client.send(new PutCommand({ ...this.#common, Item: { SK: 'a', ...item }, ...more }));
  }

  /** Unless something of that key is there. */
  create(item: Attributes & { readonly PK: string }, more: object = {}) {
    return this.put(item, { ConditionExpression: 'attribute_not_exists(PK)', ...more });
  }

  async item(PK: string, SK = 'a'): Promise<Attributes | undefined> {
    return (await this.get(PK, { Key: keyOf(PK, SK), ConsistentRead: true })).Item;
  }

  get(PK: string, more: object = {}) {
    return this.#table.client.send(new GetCommand({ ...this.#common, Key: keyOf(PK), ...more }));
  }

  remove(PK: string, more: object = {}) {
    return this.#table.client.send(new DeleteCommand({ ...this.#common, Key: keyOf(PK), ...more }));
  }

  /** `:a` in the expression is `a`. */
  update(PK: string, UpdateExpression: string, { a, ...more }: Attributes = {}) {
    const values = a === undefined ? {} : { ExpressionAttributeValues: { ':a': a } };
    return this.#table.client.send(
      new UpdateCommand({ ...this.#common, Key: keyOf(PK), UpdateExpression, ...values, ...more }),
    );
  }

  /** Items of one partition; `:a` and `:b` in the expression. */
  query(expression: string, [a, b]: readonly string[], more: object = {}) {
    const values = { ':a': a, ...(b !== undefined && { ':b': b }) };
    const question = { KeyConditionExpression: expression, ExpressionAttributeValues: values };
    return this.#table.client.send(new QueryCommand({ ...this.#common, ...question, ...more }));
  }

  async partition(PK: string, more: object = {}) {
    return (await this.query('PK = :a', [PK], { ConsistentRead: true, ...more })).Items ?? [];
  }

  async attention(AP: string): Promise<Attributes[]> {
    return (await this.query('AP = :a', [AP], { IndexName: 'attention' })).Items ?? [];
  }

  async batchGet(names: readonly string[]) {
    const { name, client } = this.#table;
    const Keys = names.map((PK) => keyOf(PK));
    const { Responses, UnprocessedKeys } = await client.send(
      new BatchGetCommand({ RequestItems: { [name]: { Keys } } }),
    );
    return { found: Responses?.[name]?.length ?? 0, left: UnprocessedKeys?.[name]?.Keys?.length ?? 0 };
  }

  batchPut(names: readonly string[]) {
    const requests = names.map((PK) => ({ PutRequest: { Item: keyOf(PK) } }));
    return this.#table.client.send(new BatchWriteCommand({ RequestItems: { [this.#table.name]: requests } }));
  }

  /** All or none: what fails because of a condition throws TransactionCanceledException. */
  transact(items: readonly TransactItem[], more: object = {}) {
    return this.#table.client.send(
      new TransactWriteCommand({ ReturnConsumedCapacity: 'TOTAL', TransactItems: [...items], ...more }),
    );
  }

  creating(PK: string): TransactItem {
    const { TableName } = this.#common;
    return { Put: { TableName, Item: keyOf(PK), ConditionExpression: 'attribute_not_exists(PK)' } };
  }

  adding(PK: string): TransactItem {
    const [Key, { TableName }] = [keyOf(PK), this.#common];
    return { Update: { TableName, Key, UpdateExpression: 'ADD n :a', ExpressionAttributeValues: { ':a': 1 } } };
  }

  deletePast() {
    const specification = { TimeToLiveSpecification: { AttributeName: TTL, Enabled: true } };
    return this.#table.client.send(new UpdateTimeToLiveCommand({ TableName: this.#table.name, ...specification }));
  }
}
