// The names under which validators are exported, `group.name` or `group.name.key`, and the .d.ts that says what each proves.

export interface Placed {
  readonly path: readonly string[];
}

type Entries = Record<string, string | Record<string, string>>;

/** A text for every leaf, in the tree of their paths. */
export function nest<T extends Placed>(leaves: readonly T[], textOf: (leaf: T) => string): Record<string, Entries> {
  const tree: Record<string, Entries> = {};
  for (const leaf of leaves) {
    const [group, name, key] = leaf.path as [string, string, string?];
    const entries = (tree[group] ??= {});
    if (key === undefined) entries[name] = textOf(leaf);
    else entries[name] = { ...(entries[name] as Record<string, string> | undefined), [key]: textOf(leaf) };
  }
  return tree;
}

export function declarations(leaves: readonly (Placed & { readonly proves: string })[]): string {
  const proofs = [...new Set(leaves.map(({ proves }) => proves.replace(/[<[].*/, '')))].sort();
  const parameters = proofs.filter((name) => name.endsWith('Parameters'));
  const shapes = proofs.filter((name) => !name.endsWith('Parameters'));
  const tree = nest(leaves, ({ proves }) => `Validator<${proves}>`);
  return [
    '// Generated from api/openapi.yaml by `npm run generate`; do not edit.',
    ...(parameters.length > 0 ? [`import type { ${parameters.join(', ')} } from '../operation.ts';`] : []),
    `import type { Validator } from '../validator.ts';`,
    `import type { ${shapes.join(', ')} } from './types.ts';`,
    ...Object.entries(tree).map(([group, entries]) => `\nexport declare const ${group}: {\n${members(entries)}\n};`),
    '',
  ].join('\n');
}

function members(entries: Entries, indent = '  '): string {
  const lines = Object.entries(entries).map(([name, type]) => {
    const text = typeof type === 'string' ? type : `{\n${members(type, `${indent}  `)}\n${indent}}`;
    return `${indent}readonly '${name}': ${text};`;
  });
  return lines.join('\n');
}
