/** Exact counters of what DynamoDB charges, as its emulator counts them: the table's own units and those of its indexes. */
import type { Table } from '../aws/table.ts';

/** Where the emulator runs that charges for the entries of indexes; the other one does not. */
export const CHARGES_INDEXES = process.platform === 'linux' && process.arch === 'x64';

export interface Units {
  /** Write units of the table and its indexes. */
  written: number;
  /** Read units of the table and its indexes. */
  read: number;
  /** Calls by name. */
  readonly calls: Record<string, number>;
}

interface Capacity {
  readonly CapacityUnits?: number;
}

/**
 * What a condition that failed costs on an item of up to 1 KB, which the emulator does not count:
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/CapacityUnitCalculations.html
 */
const FAILED_CONDITION = 1;

const READS = ['GetItem', 'BatchGetItem', 'Query', 'Scan'];

/** Counts from now on all that the client of the table asks for. */
export function countUnits({ client }: Table): Units {
  const units: Units = { written: 0, read: 0, calls: {} };
  client.middlewareStack.add(
    (next, context) => async (args) => {
      Object.assign(args.input, { ReturnConsumedCapacity: 'INDEXES' });
      const name = String(context['commandName']).replace('Command', '');
      units.calls[name] = (units.calls[name] ?? 0) + 1;
      const result = await next(args).catch((error: unknown) => {
        if ((error as Error).name === 'ConditionalCheckFailedException') units.written += FAILED_CONDITION;
        throw error;
      });
      const { ConsumedCapacity } = result.output as { ConsumedCapacity?: Capacity | readonly Capacity[] };
      for (const { CapacityUnits = 0 } of listed(ConsumedCapacity)) {
        if (READS.includes(name)) units.read += CapacityUnits;
        else units.written += CapacityUnits;
      }
      return result;
    },
    { step: 'initialize', name: 'countUnits', override: true },
  );
  return units;
}

const listed = (capacity: Capacity | readonly Capacity[] = []): readonly Capacity[] =>
  'length' in capacity ? capacity : [capacity];
