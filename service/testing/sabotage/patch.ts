/** A sabotage: one line of the sources is another one. What should notice it must have been seen to do so. */
export interface Patch {
  readonly name: string;
  /** Below service/. */
  readonly file: string;
  /** The whole line, as it stands there once. */
  readonly line: string;
  readonly becomes: string;
}

/** Throws a sentence when the line is gone or stands twice: such a sabotage proves nothing any more. */
export function patched(source: string, { name, file, line, becomes }: Patch): string {
  const lines = source.split('\n');
  const found = lines.flatMap((each, i) => (each === line ? [i] : []));
  if (found.length !== 1) throw new Error(`sabotage "${name}": its line stands ${found.length} times in ${file}`);
  lines[found[0]!] = becomes;
  return lines.join('\n');
}
