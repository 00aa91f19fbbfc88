/**
 * Finds secrets in texts however servers write them back: as they are, or with what is neither letter nor digit escaped as
 * JSON (`\/`, `\u002B`), URLs (`%2F`) or HTML (`&#x2F;`) do. In come the values; out comes what masks them.
 */

const MASK = '***';
/** What is shorter would stand in half of all texts. */
const SHORTEST_WORD_CHARS = 8;
/** Of one character: `\u002F`, `&#x2F;`, `&quot;`. */
export const LONGEST_ESCAPE_BYTES = 6;

const ENTITIES: Readonly<Record<string, string>> = { '&': 'amp', '<': 'lt', '>': 'gt', '"': 'quot', "'": 'apos' };

const inAnyCase = (hex: string): string => hex.replace(/[a-f]/g, (digit) => `[${digit}${digit.toUpperCase()}]`);

/** Alphanumeric ones nobody escapes. Only ways that cannot be taken for each other, or a search could take for ever. */
function patternOf(char: string): string {
  if (/[A-Za-z0-9]/.test(char)) return char;
  const code = char.charCodeAt(0);
  const hex = inAnyCase(code.toString(16).padStart(2, '0'));
  const ways = [`\\x${code.toString(16).padStart(2, '0')}`, `\\\\u00${hex}`, `%${hex}`, `&#[xX]${hex};`, `&#${code};`];
  if ('"/'.includes(char)) ways.push(`\\\\\\x${code.toString(16)}`);
  if (char === '\t') ways.push(String.raw`\\t`);
  if (char === ' ') ways.push(String.raw`\+`);
  if (ENTITIES[char] !== undefined) ways.push(`&${ENTITIES[char]};`);
  return `(?:${ways.join('|')})`;
}

/** What follows a backslash goes with it: one after another, escaped or not, could be read in more ways than can be tried. */
const BACKSLASHED = /\\["/\\]*|[^\\]/g;

function patternOfPart(part: string): string {
  if (!part.startsWith('\\')) return patternOf(part);
  const json = part.replace(/["\\]/g, String.raw`\$&`);
  const uniform = Array.from(part, (char) => `%${char.charCodeAt(0).toString(16)}`).join('');
  const ways = [part, json, json.replaceAll('/', String.raw`\/`), uniform, uniform.toUpperCase()];
  return `(?:${ways.map((way) => way.replace(/\\/g, String.raw`\\`)).join('|')})`;
}

const patternOfForm = (form: string): string => (form.match(BACKSLASHED) ?? []).map(patternOfPart).join('');

/** Each value, and each word of it: what follows `Bearer ` may come back alone. */
export function maskOf(values: readonly string[]): (text: string) => string {
  const words = values.flatMap((value) => value.split(/\s+/).filter((word) => word.length >= SHORTEST_WORD_CHARS));
  // The longest first, or a part that is itself a secret would leave the rest of it readable.
  const forms = [...new Set([...values, ...words])].sort((a, b) => b.length - a.length);
  if (forms.length === 0) return (text) => text;
  const found = new RegExp(forms.map(patternOfForm).join('|'), 'g');
  return (text) => text.replace(found, MASK);
}
