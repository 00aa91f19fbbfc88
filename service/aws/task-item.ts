/**
 * A ledger item as attributes of the table, and back. Names are short, for each byte of an item is paid for at every
 * write; what is absent, false or empty is not written. Lists and objects are JSON texts of their values in a fixed order.
 * A long payload or result lies beside the item: its attribute is then missing, and another one names where it lies.
 */
import { hash } from 'node:crypto';
import type { Unreadable } from '../core/ports.ts';
import type { Field, LedgerTask, TaskKey } from '../core/task.ts';
import { isInInbox, ITEM_SCHEMA } from '../core/task.ts';
import type { Attribute, Item } from './item-size.ts';
import { ATTENTION, TIMELINE, TTL } from './table.ts';

export const ATTENTION_SHARDS = 16;
export const INBOX_SHARDS = 8;
export const TIMELINE_SHARDS = 8;

type Kind = 'number' | 'text' | 'flag' | 'hash' | 'words' | 'parts' | 'list';

/** The attribute of each field, and its form. `createdAtMs`, tenant and id are read from the keys. */
const ATTRIBUTES = `
  schema:sc:number type:ty:text payloadVersion:pv:number status:st:text version:v:number fence:f:number owner:o:text
  failures:fa:number crashes:cr:number lostInRow:li:number suspect:su:flag budgetBase:bb:number notBeforeMs:nb:number
  leaseUntilMs:lu:number startedAtMs:sa:number dueMs:du:number rings:r:number expiresAtMs:ex:number announcement:an:text
  requestHash:h:hash groupId:g:text orderingKey:ok:text seq:sq:number limitKey:lk:text planId:pl:text tags:tg:words
  traceparent:tr:text updatedAtMs:ua:number runAtMs:ra:number finishedAtMs:fi:number progress:pr:parts
  cancelRequested:ca:flag discarded:di:flag payloadEdited:pe:flag waiting:w:parts lastFailure:lf:parts attemptsTotal:n:number
  attempts:at:list history:hi:list checkpoint:ch:text purgeAtMs:pu:number payload:p:text result:re:text`;
const FORM_OF = new Map(
  ATTRIBUTES.match(/\S+/g)!.map((each) => {
    const [field, name, kind] = each.split(':') as [Field, string, Kind];
    return [field, { name, kind }] as const;
  }),
);

/** Where a text lies that is too long for the item: the sort key of its sibling. */
export const PAYLOAD_AT = 'pa';
export const RESULT_AT = 'rt';

const REQUIRED: readonly Field[] = [
  ...(['schema', 'type', 'payloadVersion', 'status', 'version', 'fence', 'failures', 'crashes', 'lostInRow'] as const),
  ...(['budgetBase', 'notBeforeMs', 'rings', 'expiresAtMs', 'requestHash', 'updatedAtMs', 'attemptsTotal'] as const),
];

/** The order of the values of an object in its JSON text. New ones are added at the end. */
const PARTS: Readonly<Partial<Record<Field, readonly string[]>>> = {
  progress: ['percent', 'message'],
  waiting: ['reason', 'untilMs'],
  lastFailure: ['class', 'code', 'message', 'atMs'],
  attempts: ['fence', 'attempt', 'startedAtMs', 'endedAtMs', 'outcome', 'class', 'code', 'delayMs'],
  history: ['atMs', 'subject', 'move', 'reason', 'moveId'],
};

export const attributeOf = (field: Field): string => FORM_OF.get(field)?.name ?? TIMELINE.sort;

/** Without what is absent at the end. */
function partsOf(field: Field, value: unknown): unknown[] {
  const parts = PARTS[field]!.map((part) => (value as Record<string, unknown>)[part]);
  return parts.slice(0, parts.findLastIndex((part) => part !== undefined) + 1);
}

function partsFrom(field: Field, parts: unknown): Record<string, unknown> {
  const values = listFrom(parts);
  const whole: Record<string, unknown> = {};
  for (const [i, part] of PARTS[field]!.entries()) if (values[i] != null) whole[part] = values[i];
  return whole;
}

function listFrom(value: unknown): readonly unknown[] {
  if (!Array.isArray(value)) throw new TypeError('It is no list.');
  return value;
}

/** A hash is kept as its bytes, where that says the same. */
function hashBytes(value: string): Attribute {
  const bytes = Buffer.from(value, 'base64url');
  return bytes.toString('base64url') === value ? new Uint8Array(bytes) : value;
}

/** The value of the field's attribute; undefined for what is not written. */
export function encode(field: Field, value: unknown): Attribute | undefined {
  if (value === undefined) return undefined;
  switch (FORM_OF.get(field)?.kind) {
    case 'flag':
      return value === true ? true : undefined;
    case 'hash':
      return hashBytes(value as string);
    case 'words':
      return (value as readonly string[]).length === 0 ? undefined : JSON.stringify(value);
    case 'parts':
      return JSON.stringify(partsOf(field, value));
    case 'list':
      return (value as readonly unknown[]).length === 0
        ? undefined
        : JSON.stringify((value as readonly unknown[]).map((each) => partsOf(field, each)));
    default:
      return value as Attribute;
  }
}

const EXPECTED: Readonly<Partial<Record<Kind, string>>> = { number: 'number', text: 'string', flag: 'boolean' };

/** Throws for what this field cannot be. */
function decode(field: Field, kind: Kind, value: unknown): unknown {
  if (kind === 'hash')
    return typeof value === 'string' ? value : Buffer.from(value as Uint8Array).toString('base64url');
  const expected = EXPECTED[kind];
  if (expected !== undefined) {
    if (typeof value !== expected) throw new TypeError(`${field} is no ${expected}.`);
    return value;
  }
  const parsed: unknown = value === undefined ? [] : JSON.parse(value as string);
  if (kind === 'words') return listFrom(parsed);
  return kind === 'parts' ? partsFrom(field, parsed) : listFrom(parsed).map((each) => partsFrom(field, each));
}

export const itemKey = ({ tenant, taskId }: TaskKey) => ({ PK: `T#${tenant}#TASK#${taskId}`, SK: 'L' });

const PARTITION = /^T#([^#]+)#TASK#(.+)$/;

/** Whose item lies under this partition key. */
export function taskKeyOf(partition: unknown): TaskKey {
  const [, tenant = '', taskId = ''] = PARTITION.exec(String(partition)) ?? [];
  return { tenant, taskId };
}

/** Always the same one for a task, and as many in each. */
const shardOf = ({ tenant, taskId }: TaskKey, shards: number): number =>
  Number.parseInt(hash('sha256', `${tenant}#${taskId}`).slice(0, 4), 16) % shards;

export const timeText = (ms: number): string => String(ms).padStart(13, '0');

export const openPartition = (shard: number): string => `OPEN#${shard}`;
export const inboxPartition = (tenant: string, shard: number): string => `T#${tenant}#DEAD#${shard}`;
export const dayPartition = (tenant: string, day: string, shard: number): string => `T#${tenant}#D#${day}#${shard}`;
const LAST_DAY_MS = Date.UTC(9999, 11, 31);
/** In UTC, as `yyyymmdd`. */
export const dayOf = (ms: number): string =>
  new Date(Math.min(ms, LAST_DAY_MS)).toISOString().slice(0, 10).replaceAll('-', '');

/** Of a task that somebody must look at. */
export const openKeys = (key: TaskKey, dueMs: number) => ({
  [ATTENTION.partition]: openPartition(shardOf(key, ATTENTION_SHARDS)),
  [ATTENTION.sort]: timeText(dueMs),
});

/** Of a task in the failure inbox. */
export const inboxKeys = (key: TaskKey, finishedAtMs: number) => ({
  [ATTENTION.partition]: inboxPartition(key.tenant, shardOf(key, INBOX_SHARDS)),
  [ATTENTION.sort]: `${timeText(finishedAtMs)}#${key.taskId}`,
});

const timelineKeys = (task: LedgerTask) => ({
  [TIMELINE.partition]: dayPartition(task.tenant, dayOf(task.createdAtMs), shardOf(task, TIMELINE_SHARDS)),
  [TIMELINE.sort]: `${timeText(task.createdAtMs)}#${task.taskId}`,
});

/** Epoch seconds, never before the moment. */
export const ttlOf = (ms: number): number => Math.ceil(ms / 1_000);

export function itemOf(task: LedgerTask): Item {
  const item: Record<string, Attribute> = { ...itemKey(task), ...timelineKeys(task) };
  for (const [field, { name }] of FORM_OF) {
    const value = encode(field, task[field]);
    if (value !== undefined) item[name] = value;
  }
  if (isInInbox(task)) Object.assign(item, inboxKeys(task, task.finishedAtMs ?? task.updatedAtMs));
  else if (task.dueMs !== undefined) Object.assign(item, openKeys(task, task.dueMs));
  if (task.purgeAtMs !== undefined) item[TTL] = ttlOf(task.purgeAtMs);
  return item;
}

/** Past its purge time an item is absent; DynamoDB deletes it days later. */
export const isPurged = (item: Item, nowMs: number): boolean => typeof item['pu'] === 'number' && item['pu'] <= nowMs;

/** The task without the texts that lie beside it, or what is known of one that newer code wrote or that is damaged. */
export function taskOf(item: Item): LedgerTask | Unreadable {
  if (Number(item['sc']) > ITEM_SCHEMA) return unreadable(item, 'It was written by a newer Holdfast.');
  try {
    const task: Record<string, unknown> = { ...taskKeyOf(item['PK']), createdAtMs: createdAtMsOf(item), payload: '' };
    for (const [field, { name, kind }] of FORM_OF) {
      const value = item[name];
      if (value !== undefined || kind === 'list' || kind === 'words') task[field] = decode(field, kind, value);
    }
    if (REQUIRED.some((field) => task[field] === undefined)) throw new TypeError('A field is missing.');
    return task as unknown as LedgerTask;
  } catch {
    return unreadable(item, 'It is damaged.');
  }
}

function createdAtMsOf(item: Item): number {
  const createdAtMs = Number.parseInt(String(item[TIMELINE.sort]), 10);
  if (Number.isNaN(createdAtMs)) throw new TypeError('It has no time.');
  return createdAtMs;
}

/** `due` as the index has it, for that is what brings it to a sweeper again and again. */
export function unreadable(item: Item, why: string): Unreadable {
  const isOpen = String(item[ATTENTION.partition]).startsWith('OPEN#');
  const dueMs = isOpen ? Number.parseInt(String(item[ATTENTION.sort]), 10) : NaN;
  return { ...taskKeyOf(item['PK']), unreadable: why, ...(!Number.isNaN(dueMs) && { dueMs }) };
}
