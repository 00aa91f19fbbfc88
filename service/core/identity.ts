/** Who a request is: which task it names, and whether a second one is the same request. [S16] */
import { hash } from 'node:crypto';
import type { LedgerTask } from './task.ts';

const sha256 = (text: string): string => hash('sha256', text, 'base64url');

/**
 * JSON with the names of every object in order of their UTF-16 units and no white space, by RFC 8785.
 * `value` comes from JSON.parse: nothing in it lacks a JSON form, and its depth is bounded.
 */
export function canonicalJson(value: unknown): string {
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  const fields = value as Record<string, unknown>;
  const names = Object.keys(fields).sort();
  return `{${names.map((name) => `${JSON.stringify(name)}:${canonicalJson(fields[name])}`).join(',')}}`;
}

/** Of the client's own fields, without the task id, with the type filled in. */
export const requestHash = (fields: Readonly<Record<string, unknown>>): string => sha256(canonicalJson(fields));

/** An id that follows from an Idempotency-Key: one conditional put decides. Never ends in a digit. */
export const taskIdOfKey = (tenant: string, key: string): string => `${sha256(`${tenant}\n${key}`)}k`;

/** One budget of one life of a task. */
export type Budget = Pick<LedgerTask, 'tenant' | 'taskId' | 'createdAtMs' | 'budgetBase'>;

/**
 * What a handler hands to systems that deduplicate: the same over retries, new after a redrive. Whoever runs the handler
 * makes it, so that the server need not hash once per attempt.
 */
export const idempotencyKeyOf = ({ tenant, taskId, createdAtMs, budgetBase }: Budget): string =>
  sha256(`${tenant}\n${taskId}\n${createdAtMs}\n${budgetBase}`);
