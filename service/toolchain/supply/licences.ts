/** The licence texts of packages, as the packages carry them: one file for whoever gets their code from us. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Shipped } from './shipped.ts';

const TEXT = /^(?:licen[cs]e|notice|copying)(?:\.(?:md|txt))?$/i;

const HEAD = `Holdfast contains code of the packages below, each under its own licence. Holdfast's own is in LICENSE.
`;

/** Throws for a package that is not installed or carries no text. */
export function licenceTexts(packages: readonly Shipped[], root: string): string {
  return [HEAD, ...packages.map((each) => `${titleOf(each)}\n\n${textOf(each, root)}\n`)].join(`\n${'='.repeat(80)}\n`);
}

export const titleOf = ({ name, version, license }: Shipped): string => `${name} ${version} (${license ?? 'unknown'})`;

function textOf({ path, name }: Shipped, root: string): string {
  const folder = join(root, path);
  const files = existsSync(folder) ? readdirSync(folder).filter((file) => TEXT.test(file)) : [];
  if (files.length === 0) throw new Error(`${name} carries no licence text in ${path}.`);
  return files.map((file) => readFileSync(join(folder, file), 'utf8').trim()).join('\n\n');
}
