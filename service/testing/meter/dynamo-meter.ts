/**
 * Meters a DynamoDB client: each command and its answer, as middleware. With `answers: 'service'` the commands go on to the service
 * (or its emulator), and the model follows what it answered; with `answers: 'model'` the model itself answers, and nothing is sent.
 * The model has to see every write from the first one on. A command it does not know is refused, so that nothing goes unbilled.
 */
import { ConditionalCheckFailedException, TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import type {
  BatchGetCommandInput,
  BatchWriteCommandInput,
  BatchWriteCommandOutput,
  DynamoDBDocumentClient,
  GetCommandInput,
  QueryCommandInput,
  ScanCommandInput,
  ServiceInputTypes,
  ServiceOutputTypes,
  TransactWriteCommandInput,
} from '@aws-sdk/lib-dynamodb';
import { DynamoReads } from './dynamo-reads.ts';
import type { Verdict, Write } from './dynamo-writes.ts';
import { conditionFailed, DynamoWrites } from './dynamo-writes.ts';
import type { IndexShape, TableModel } from './table-model.ts';
import { TableModel as Model } from './table-model.ts';
import type { Call, UsageBook } from './usage.ts';

export interface DynamoMeterOptions {
  readonly book: UsageBook;
  readonly answers: 'service' | 'model';
  readonly model?: TableModel;
  readonly indexes?: readonly IndexShape[];
  /** Whose client it is. */
  readonly caller?: string;
  /** An answer of the model waits for it. */
  readonly answered?: (() => Promise<void>) | undefined;
}

const WRITES: Readonly<Record<string, 'put' | 'update' | 'delete'>> = {
  PutItemCommand: 'put',
  UpdateItemCommand: 'update',
  DeleteItemCommand: 'delete',
};

/** What is not about items costs nothing here. */
const FREE = new Set(['CreateTableCommand', 'DeleteTableCommand', 'DescribeTableCommand', 'UpdateTimeToLiveCommand']);

export function meterDynamo(client: DynamoDBDocumentClient, options: DynamoMeterOptions): TableModel {
  const model = options.model ?? new Model(options.indexes);
  const metered = new MeteredTable(model, options.book);
  const modelled = async (name: string, input: ServiceInputTypes) => {
    const output = { $metadata: {}, ...(FREE.has(name) ? {} : metered.answer(name, input)) } as ServiceOutputTypes;
    await options.answered?.();
    return { response: {}, output };
  };
  client.middlewareStack.add(
    (next, { commandName = '' }) =>
      async (args) => {
        if (!FREE.has(commandName)) options.book.call(callOf(options, commandName, args.input));
        if (options.answers === 'model') return modelled(commandName, args.input);
        return FREE.has(commandName) ? next(args) : metered.followed(commandName, args.input, () => next(args));
      },
    { step: 'initialize', name: 'meter', override: true },
  );
  return model;
}

function callOf({ caller = 'nobody' }: DynamoMeterOptions, name: string, input: ServiceInputTypes): Call {
  const { IndexName } = input as Partial<QueryCommandInput>;
  return {
    caller,
    resource: IndexName === undefined ? 'Table' : `Table/index/${IndexName}`,
    command: name.replace(/Command$/, ''),
  };
}

class MeteredTable {
  private readonly reads: DynamoReads;
  private readonly writes: DynamoWrites;
  private readonly model: TableModel;
  private readonly book: UsageBook;

  constructor(model: TableModel, book: UsageBook) {
    this.model = model;
    this.book = book;
    this.reads = new DynamoReads(model, book);
    this.writes = new DynamoWrites(model, book);
  }

  /** Sent to the service; its answer decides what is billed. What it did not carry out (a throttle) is not. */
  async followed<Answer extends { output: ServiceOutputTypes }>(
    name: string,
    input: ServiceInputTypes,
    send: () => Promise<Answer>,
  ): Promise<Answer> {
    try {
      const answer = await send();
      this.carryOut(name, input, { verdict: 'passed', output: answer.output });
      return answer;
    } catch (error) {
      const isRefused =
        error instanceof ConditionalCheckFailedException || error instanceof TransactionCanceledException;
      if (isRefused) this.carryOut(name, input, { verdict: 'failed' });
      throw error;
    }
  }

  answer(name: string, input: ServiceInputTypes): object {
    this.book.takeCharges();
    const answer = this.carryOut(name, input, { verdict: 'ask' });
    const { ReturnConsumedCapacity: asked = 'NONE' } = input as { ReturnConsumedCapacity?: string };
    return asked === 'NONE' ? answer : { ...answer, ConsumedCapacity: this.capacity(name) };
  }

  private capacity(name: string): object {
    const charges = this.book.takeCharges();
    const ofIndexes = [...charges].flatMap(([index, CapacityUnits]) =>
      index === undefined ? [] : [[index, { CapacityUnits }] as const],
    );
    const capacity = {
      CapacityUnits: [...charges.values()].reduce((sum, units) => sum + units, 0),
      Table: { CapacityUnits: charges.get(undefined) ?? 0 },
      GlobalSecondaryIndexes: Object.fromEntries(ofIndexes),
    };
    return name.startsWith('Batch') || name.startsWith('Transact') ? [capacity] : capacity;
  }

  private carryOut(
    name: string,
    input: ServiceInputTypes,
    told: { verdict: Verdict; output?: ServiceOutputTypes },
  ): object {
    const kind = WRITES[name];
    if (kind) return this.one(input as Write, told.verdict, kind);
    if (name === 'GetItemCommand') return { Item: this.reads.get(input as GetCommandInput) };
    if (name === 'BatchGetItemCommand') return { Responses: this.reads.batch(input as BatchGetCommandInput) };
    if (name === 'QueryCommand') return this.reads.query(input as QueryCommandInput);
    if (name === 'ScanCommand') return this.reads.scan(input as ScanCommandInput);
    if (name === 'BatchWriteItemCommand')
      this.writes.batch(input as BatchWriteCommandInput, told.output as BatchWriteCommandOutput | undefined);
    else if (name === 'TransactWriteItemsCommand')
      this.writes.transact(input as TransactWriteCommandInput, told.verdict);
    else throw new Error(`The meter does not know ${name}.`);
    return {};
  }

  private one(
    write: Write & { ReturnValues?: string | undefined },
    verdict: Verdict,
    kind: 'put' | 'update' | 'delete',
  ): object {
    const old = write.Key && this.model.get(write.Key);
    const written = this.writes.write(write, verdict, kind);
    if (written === undefined) {
      if (verdict === 'ask') throw conditionFailed(write, old ?? this.model.get(write.Item ?? {}));
      return {};
    }
    if (write.ReturnValues === 'ALL_NEW') return { Attributes: written.next };
    if (write.ReturnValues === 'ALL_OLD') return { Attributes: written.old };
    if (write.ReturnValues === 'UPDATED_NEW' || write.ReturnValues === 'UPDATED_OLD')
      throw new Error(`The meter does not know ${write.ReturnValues}.`);
    return {};
  }
}
