/** Reads an .http file as editors do: `@name = value`, then requests between `###`, each with a comment `# expect <status>`. */
import { readFileSync } from 'node:fs';
import type { HttpRequest } from './http-request.ts';

export interface ExpectedRequest extends HttpRequest {
  readonly title: string;
  readonly status: number;
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

function requestOf(block: string): ExpectedRequest {
  const [top = '', ...paragraphs] = block.trim().split('\n\n');
  const [title = '', ...lines] = top.split('\n');
  const status = Number(/^# expect (\d{3})$/m.exec(top)?.[1]);
  const [line = '', ...headers] = lines.filter((each) => !each.startsWith('#'));
  const [, method, url] = /^([A-Z]+) (\S+)$/.exec(line) ?? [];
  if (Number.isNaN(status) || method === undefined || url === undefined) throw new Error(`${title}: no request`);
  const pairs = headers.map((header) => header.split(/: (.*)/).slice(0, 2));
  return {
    title,
    status,
    method,
    url,
    headers: Object.fromEntries(pairs) as Record<string, string>,
    body: paragraphs.join('\n\n'),
  };
}
