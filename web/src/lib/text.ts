/**
 * Texts that came with tasks, made fit to be read: what would be invisible, or would turn the text around it, becomes
 * visible. Nothing is lost: each such character shows as its name.
 */

/** Control characters, marks that order text or take no room (but not those that choose the look of an emoji), lone halves. */
const UNSEEN =
  // eslint-disable-next-line no-control-regex -- these are what is looked for
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u2028\u2029]|(?![\ufe0e\ufe0f])[\p{Cf}\p{Default_Ignorable_Code_Point}]|\p{Surrogate}/gu;

const named = (char: string): string => {
  const code = char.codePointAt(0)!;
  if (code < 0x20) return String.fromCodePoint(0x2400 + code);
  return `⟨U+${code.toString(16).toUpperCase().padStart(4, '0')}⟩`;
};

/** Line feeds and tabs stay as they are. */
export const visible = (text: string): string => text.replace(UNSEEN, named);

/** One line of at most `length` characters, for places that show the beginning. */
export function shortened(text: string, length: number): string {
  const line = visible(text).replace(/\s+/g, ' ');
  return line.length > length ? `${line.slice(0, length - 1)}…` : line;
}
