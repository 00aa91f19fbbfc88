/** What the contract shows of every operation: its statuses, and requests made of its examples. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { OperationEntry, OperationId } from '@holdfast/api/operation';
import { operations } from '@holdfast/api/operations';
import { responses } from '@holdfast/api/response-validators';
import type { Contract, ResolvedOperation } from '../../api/generator/document.ts';
import { operationsOf, resolve } from '../../api/generator/document.ts';

export type Entry = OperationEntry & { readonly operationId: OperationId };

export interface Request {
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Text is sent as it is, anything else as JSON. */
  readonly body?: unknown;
}

const OPENAPI = fileURLToPath(import.meta.resolve('@holdfast/api/openapi.json'));
const contract = JSON.parse(readFileSync(OPENAPI, 'utf8')) as Contract;
const shown = new Map(operationsOf(contract).map((operation) => [operation.id, operation]));

export const entries: readonly Entry[] = Object.values(operations);

const shownOf = (entry: Entry): ResolvedOperation => shown.get(entry.operationId)!;

/** Every status that the contract lists for an operation. */
export const statusesOf = ({ operationId }: Entry): number[] => Object.keys(responses[operationId]).map(Number);

/** Names of the headers that an answer with this status always has, in lower case. */
export function headersOf(entry: Entry, status: number): string[] {
  const headers = Object.entries(shownOf(entry).responses[status]?.headers ?? {});
  const certain = headers.filter(([, header]) => resolve<{ required?: boolean }>(contract, header).required === true);
  return certain.map(([name]) => name.toLowerCase());
}

/** The example bodies of an operation; `undefined` alone for one without a body. */
export function bodiesOf(entry: Entry): unknown[] {
  const media = shownOf(entry).body?.media;
  const examples = Object.values(media?.examples ?? {});
  return media ? examples.map((example) => resolve<{ value?: unknown }>(contract, example).value) : [undefined];
}

/** A request for each parameter outside of the path that has an example, with that parameter alone. */
export function parametersOf(entry: Entry): Pick<Request, 'path' | 'headers'>[] {
  const outside = shownOf(entry).parameters.filter((each) => each.in !== 'path' && each.example !== undefined);
  return outside.map(({ name, example, in: place }) => {
    const value = String(example);
    if (place === 'header') return { path: entry.path, headers: { [name]: value } };
    return { path: `${entry.path}?${new URLSearchParams({ [name]: value }).toString()}` };
  });
}

/** A key that nobody has made. */
export const UNKNOWN_KEY = 'unknown00key';

/** The path of an operation about one task or key; attempts are asked for the first. */
export const pathFor = (path: string, taskId: string, keyId = UNKNOWN_KEY): string =>
  path.replace('{taskId}', taskId).replace('{fence}', '1').replace('{keyId}', keyId);
