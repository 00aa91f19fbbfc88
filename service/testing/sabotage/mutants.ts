/**
 * Small changes of the core, found by its syntax: each clause of a move left out, each field that a move sets or removes left
 * out, each comparison of the rules turned round. What nobody notices is either no change or a test that is missing.
 */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import ts from 'typescript';

export interface Mutant {
  /** Below service/. */
  readonly file: string;
  readonly line: number;
  readonly what: string;
  /** The whole file. */
  readonly becomes: string;
}

interface Edit {
  readonly node: ts.Node;
  readonly what: string;
  readonly text: string;
}

const MOVES = ['attempt-moves', 'operator-moves', 'sweep-moves', 'reap-move', 'submit', 'drafts', 'task'];
const JUDGES = [
  ...['rules', 'sweep', 'claim', 'failure', 'restart', 'reap-move', 'drafts', 'move', 'follow', 'attempt', 'supervise'],
  ...['operate', 'worker', 'submit', 'task', 'search', 'watch'],
];
/** What is no field of a task, but how its move is put together: nothing works without it. */
const PLUMBING = new Set(
  'at when set remove add charge loss name ports rules nowMs kind task move tenant taskId change'.split(' '),
);
const OPPOSITES: Readonly<Record<string, string>> = {
  ...{ '<': '>=', '<=': '>', '>': '<=', '>=': '<', '===': '!==', '!==': '===', '&&': '||', '||': '&&' },
};

/** An element or a property that is taken out, with the comma behind it. */
function leftOut(node: ts.Node, source: ts.SourceFile): Edit {
  return { node, what: `without ${node.getText(source)}`, text: '' };
}

function omissionsOf(node: ts.Node, source: ts.SourceFile): Edit[] {
  if (ts.isObjectLiteralExpression(node)) {
    const fields = node.properties.filter(({ name }) => name === undefined || !PLUMBING.has(name.getText(source)));
    return fields.map((property) => leftOut(property, source));
  }
  if (!ts.isArrayLiteralExpression(node)) return [];
  const isOfMove = (element: ts.Expression) =>
    ts.isStringLiteral(element) || /clauses\.|ourAttempt|leaseOver/.test(element.getText(source));
  return node.elements.filter(isOfMove).map((element) => leftOut(element, source));
}

function turnedRound(node: ts.Node, source: ts.SourceFile): Edit[] {
  if (ts.isBinaryExpression(node)) {
    const opposite = OPPOSITES[node.operatorToken.getText(source)];
    if (opposite === undefined) return [];
    return [{ node: node.operatorToken, what: `${opposite} in ${node.getText(source)}`, text: opposite }];
  }
  const name = ts.isPropertyAccessExpression(node) && node.getText(source);
  if (name !== 'Math.min' && name !== 'Math.max') return [];
  const text = name === 'Math.min' ? 'Math.max' : 'Math.min';
  return [{ node, what: `${text} in ${node.parent.getText(source)}`, text }];
}

function mutantOf(file: string, source: ts.SourceFile, { node, what, text }: Edit): Mutant {
  const whole = source.text;
  const comma = text === '' ? (/^\s*,/.exec(whole.slice(node.end))?.[0].length ?? 0) : 0;
  const from = node.getStart(source);
  const line = source.getLineAndCharacterOfPosition(from).line + 1;
  const becomes = whole.slice(0, from) + text + whole.slice(node.end + comma);
  return { file, line, what: what.replaceAll(/\s+/g, ' ').slice(0, 90), becomes };
}

/** In the order of the files and their lines. `service` is the folder they lie in. */
export async function mutantsOf(service: string): Promise<Mutant[]> {
  const mutants: Mutant[] = [];
  for (const name of new Set([...MOVES, ...JUDGES])) {
    const file = `core/${name}.ts`;
    const text = await readFile(path.join(service, file), 'utf8');
    const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
    const visit = (node: ts.Node): void => {
      if (ts.isTypeNode(node)) return;
      const edits = [
        ...(MOVES.includes(name) ? omissionsOf(node, source) : []),
        ...(JUDGES.includes(name) ? turnedRound(node, source) : []),
      ];
      for (const edit of edits) mutants.push(mutantOf(file, source, edit));
      ts.forEachChild(node, visit);
    };
    visit(source);
  }
  return mutants.toSorted((a, b) => a.file.localeCompare(b.file) || a.line - b.line);
}
