/**
 * Reads an .http file as editors do: `@name = value`, then requests between `###`, each with a comment `# expect <status>`. What an
 * earlier answer holds, `{{name.response.body.$.field}}`, is filled in when that is known.
 */
import { readFileSync } from 'node:fs';
import type { HttpRequest } from './http-request.ts';

export interface ExpectedRequest extends HttpRequest {
  readonly title: string;
  readonly status: number;
  /** By which later requests refer to its answer. */
  readonly name: string | undefined;
}

/** `variables` of the caller win over those of the file. Throws when a request has no status or an unknown variable. */
export function readHttpFile(path: string, variables: Readonly<Record<string, string>>): ExpectedRequest[] {
  const [head = '', ...blocks] = readFileSync(path, 'utf8').replaceAll('\r\n', '\n').split(/^### /m);
  const own = Object.fromEntries([...head.matchAll(/^@(\w+) = (.*)$/gm)].map(([, name, value]) => [name!, value!]));
  const known = { ...own, ...variables };
  return blocks.map((block) => requestOf(filled(block, known)));
}

function filled(block: string, known: Readonly<Record<string, string>>): string {
  return block.replace(/\{\{(\w+)\}\}/g, (_, name: string) => {
    if (known[name] === undefined) throw new Error(`{{${name}}} is not defined`);
    return known[name];
  });
}

/** The request with what it takes from earlier answers, by their names. Throws for one that is not there. */
export function withAnswers(request: ExpectedRequest, answers: ReadonlyMap<string, unknown>): ExpectedRequest {
  const fill = (text: string): string =>
    text.replace(/\{\{(\w+)\.response\.body\.\$\.(\w+)\}\}/g, (whole, name: string, field: string) => {
      const value = (answers.get(name) as Record<string, unknown> | undefined)?.[field];
      if (typeof value !== 'string') throw new Error(`${whole} is not known`);
      return value;
    });
  const headers = Object.entries(request.headers ?? {}).map(([name, value]) => [name, fill(value)]);
  return { ...request, url: fill(request.url), headers: Object.fromEntries(headers) as Record<string, string> };
}

function requestOf(block: string): ExpectedRequest {
  const [top = '', ...paragraphs] = block.trim().split('\n\n');
  const [title = '', ...lines] = top.split('\n');
  const status = Number(/^# expect (\d{3})$/m.exec(top)?.[1]);
  const name = /^# @name (\w+)$/m.exec(top)?.[1];
  const [line = '', ...headers] = lines.filter((each) => !each.startsWith('#'));
  const [, method, url] = /^([A-Z]+) (\S+)$/.exec(line) ?? [];
  if (Number.isNaN(status) || method === undefined || url === undefined) throw new Error(`${title}: no request`);
  const pairs = headers.map((header) => header.split(/: (.*)/).slice(0, 2));
  return {
    title,
    status,
    name,
    method,
    url,
    headers: Object.fromEntries(pairs) as Record<string, string>,
    body: paragraphs.join('\n\n'),
  };
}
