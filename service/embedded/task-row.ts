/** One row of the table `task` and the ledger item it holds. Absent is NULL; a flag is 1 or NULL; an empty list is NULL. */
import type { SQLInputValue, SQLOutputValue } from 'node:sqlite';
import type { Unreadable } from '../core/ports.ts';
import type { Field, LedgerTask } from '../core/task.ts';
import { ITEM_SCHEMA } from '../core/task.ts';
import type { Row } from './sqlite.ts';

type Form = 'flag' | 'json' | 'list' | undefined;

/** The columns in their order, with the form of those that are not written as they are. The last three can be long. */
const FORMS = `
  tenant taskId schema type payloadVersion requestHash status version fence owner failures crashes lostInRow
  suspect:flag budgetBase rings announcement attemptsTotal notBeforeMs leaseUntilMs dueMs expiresAtMs createdAtMs
  updatedAtMs runAtMs startedAtMs finishedAtMs purgeAtMs cancelRequested:flag discarded:flag payloadEdited:flag groupId
  orderingKey seq limitKey planId traceparent tags:list progress:json waiting:json lastFailure:json attempts:list
  history:list checkpoint payload result`;
const FORM_OF = new Map(FORMS.match(/\S+/g)!.map((each) => each.split(':') as [Field, Form]));

export const FIELDS = [...FORM_OF.keys()];
const FORM_LIST = [...FORM_OF.values()];
const LONG_FIELDS = 3;

export const columnOf = (field: Field): string => field.replace(/[A-Z]/g, (capital) => `_${capital.toLowerCase()}`);

/** For SELECT: the id, then the columns in their order. */
export const ALL_COLUMNS = ['id', ...FIELDS.map(columnOf)].join(', ');
export const SHORT_COLUMNS = ['id', ...FIELDS.slice(0, -LONG_FIELDS).map(columnOf)].join(', ');

export const idOf = (row: Row): number => row[0] as number;
export const valueAt = (row: Row, field: Field): SQLOutputValue => row[FIELDS.indexOf(field) + 1]!;

const NONE: readonly never[] = Object.freeze([]);

/** A list that is none is damage as well. */
function parsed(form: Form, value: unknown): unknown {
  if (form === 'list' && !Array.isArray(value)) throw new TypeError('It is no list.');
  return value;
}

/** Without `parse` the fields that hold JSON are left out. */
function decode(row: Row, parse?: (json: string) => unknown): LedgerTask {
  const task: Record<string, unknown> = {};
  for (let i = 1; i < row.length; i += 1) {
    const value = row[i];
    const field = FIELDS[i - 1]!;
    const form = FORM_LIST[i - 1];
    if (value === null) {
      if (form === 'list') task[field] = NONE;
    } else if (form === undefined) task[field] = value;
    else if (form === 'flag') task[field] = true;
    else if (parse) task[field] = parsed(form, parse(value as string));
    else if (form === 'list') task[field] = NONE;
  }
  return task as unknown as LedgerTask;
}

/** All that is safe to say of an item that cannot be read. */
export const scalarsOf = (row: Row): LedgerTask => decode(row);

/** The item, or what is known of one that a newer Holdfast wrote or that is damaged. Read by SHORT_COLUMNS: no payload. */
export function itemOf(row: Row): LedgerTask | Unreadable {
  if ((valueAt(row, 'schema') as number) > ITEM_SCHEMA) return unreadable(row, 'It was written by a newer Holdfast.');
  try {
    return decode(row, JSON.parse);
  } catch {
    return unreadable(row, 'It is damaged.');
  }
}

function unreadable(row: Row, why: string): Unreadable {
  const { tenant, taskId, dueMs } = scalarsOf(row);
  return { tenant, taskId, unreadable: why, ...(dueMs !== undefined && { dueMs }) };
}

/** How a field is written. */
interface Column {
  readonly field: Field;
  readonly form: Form;
}

export const columnsOf = (fields: readonly Field[]): Column[] =>
  fields.map((field) => ({ field, form: FORM_OF.get(field) }));

/** The values of the columns, in their order. */
export function encode(task: LedgerTask, columns: readonly Column[]): SQLInputValue[] {
  const values: SQLInputValue[] = [];
  for (const { field, form } of columns) {
    const value = task[field];
    if (value === undefined) values.push(null);
    else values.push(form === undefined ? (value as string | number) : encodeAs(form, value));
  }
  return values;
}

function encodeAs(form: NonNullable<Form>, value: unknown): SQLInputValue {
  if (form === 'flag') return value ? 1 : null;
  if (form === 'list' && (value as readonly unknown[]).length === 0) return null;
  return JSON.stringify(value);
}
