/**
 * Indexes of DynamoDB as they were: told of every write of an item, it answers a query as an index would that each write reaches
 * after a time of its own. The writes of one item reach it in their order. Knows the form of query that the adapter sends: one
 * partition, and a part of its sort keys.
 */
import type { Seeded } from '../seeded.ts';
import type { Answer } from './answers.ts';
import { ok } from './answers.ts';
import type { Call } from './rules.ts';

type Wire = Readonly<Record<string, { readonly S?: string }>>;

interface Written {
  readonly item: Wire;
  readonly atMs: number;
  /** From 0 to 1: how late it is, of what is allowed. */
  readonly lateness: number;
}

interface Query {
  readonly partition: string;
  readonly sort: string;
  readonly of: string;
  readonly from: string;
  readonly to: string;
  readonly limit: number;
  readonly isAscending: boolean;
}

/** Nobody asks for more than that of the past. */
const KEPT = 12;

const textOf = (item: Wire, attribute: string): string => item[attribute]?.S ?? '';

function queryIn({ action, body }: Call): Query | undefined {
  const names = body['ExpressionAttributeNames'] as Readonly<Record<string, string>> | undefined;
  const values = body['ExpressionAttributeValues'] as Wire | undefined;
  const [partition, sort] = [names?.['#partition'], names?.['#sort']];
  if (action !== 'Query' || !values || partition === undefined || sort === undefined) return undefined;
  const [of, from, to] = [':partition', ':from', ':to'].map((name) => textOf(values, name));
  const isAscending = body['ScanIndexForward'] !== false;
  return { partition, sort, of: of!, from: from!, to: to!, limit: Number(body['Limit'] ?? Infinity), isAscending };
}

function shown(items: readonly Wire[], { partition, sort, of, from, to, limit, isAscending }: Query): Wire[] {
  const rankOf = (item: Wire): string => textOf(item, sort);
  const found = items.filter((item) => textOf(item, partition) === of && rankOf(item) >= from && rankOf(item) <= to);
  found.sort((a, b) => (rankOf(a) < rankOf(b) === isAscending ? -1 : 1));
  return found.slice(0, limit);
}

export class LateIndexes {
  readonly #random: Seeded;
  readonly #written = new Map<string, Written[]>();

  constructor(random: Seeded) {
    this.#random = random;
  }

  hear({ action, body }: Call, { status, text }: Answer): void {
    if (status !== 200 || !(action === 'PutItem' || action === 'UpdateItem')) return;
    const item = action === 'PutItem' ? (body['Item'] as Wire) : (JSON.parse(text) as { Attributes?: Wire }).Attributes;
    if (item?.['PK'] === undefined) return; // an update that does not say what became of it: of counters
    const name = `${textOf(item, 'PK')} ${textOf(item, 'SK')}`;
    const written = this.#written.get(name) ?? [];
    written.push({ item, atMs: performance.now(), lateness: this.#random.uniform() });
    this.#written.set(name, written.slice(-KEPT));
  }

  /** Undefined when lateness makes no difference. All that a page holds: it has no next one. */
  answerTo(call: Call, withinMs: number): Answer | undefined {
    const query = queryIn(call);
    if (query === undefined) return undefined;
    const all = [...this.#written.values()];
    const now = shown(
      all.map((written) => written.at(-1)!.item),
      query,
    );
    const late = shown(
      all.map((written) => arrived(written, withinMs)).filter((item) => item !== undefined),
      query,
    );
    const isSame = late.length === now.length && late.every((item, i) => item === now[i]);
    return isSame ? undefined : ok({ Items: late, Count: late.length, ScannedCount: late.length });
  }
}

/** The newest that has come through; nothing that is newer than one that has not. */
function arrived(written: readonly Written[], withinMs: number): Wire | undefined {
  const nowMs = performance.now();
  const missing = written.findIndex(({ atMs, lateness }) => atMs + lateness * withinMs > nowMs);
  return written[(missing < 0 ? written.length : missing) - 1]?.item;
}
