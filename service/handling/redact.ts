/**
 * Secrets in what a handler says of its failure are masked before anything of it leaves its process. By shape, so never
 * all of them. Every pattern begins at a fixed word or mark and steps over what it has seen: linear for any text.
 */
const MASK = '***';

const QUOTE = String.raw`(?:\\{0,3}["'])?`;
/** Between a name and its value. */
const SEPARATOR = String.raw`(${QUOTE}\s{0,3}[:=]>?\s{0,3}${QUOTE})`;
/** Inside a JSON text that is itself quoted, or in plain quotes. One that was cut off is masked to its end. */
const QUOTED = String.raw`(?<=\\["'])[^"'\\]+|(?<=")(?:[^"\\]|\\[^])+|(?<=')(?:[^'\\]|\\[^])+`;
/** What opens an object or a list, and no secret: those in it have names of their own. */
const OPENING = String.raw`[{[](?:\\{0,3}["']|[\s{[\]}]|$)`;
const VALUE = String.raw`(?:${QUOTED}|(?!${OPENING})[^\s"'\\&,;)}\]]+)`;
const SECRET_NAME = [
  'pass(?:word|wd|phrase|code)|pwd|secret',
  '(?:api|access|private|secret|auth|account|signing|encryption)[_-]?key',
  '(?:access|refresh|auth|session|security)[_-]?token',
].join('|');
/** Among them one that counts: `pass: 3, fail: 1`. */
const PASS = String.raw`(?<![a-z])pass(?!\s{0,3}[:=]\s{1,3}\d+\b)`;
/** Ordinary words too: `Unexpected token: x` keeps its x, `token=x` does not. */
const WEAK_NAME = `token|auth|session(?:[_-]?id)?|credentials?|sig(?:nature)?|${PASS}`;
/** What no word of a language looks like. */
const LIKE_A_SECRET = String.raw`(?=[^\s"']{0,80}(?:\d|(?-i:[a-z][A-Z])))`;

const PATTERNS: readonly (readonly [RegExp, string])[] = [
  [/-----BEGIN [A-Z ]{0,30}PRIVATE KEY-----[^]*?(?:-----END [A-Z ]{0,30}PRIVATE KEY-----|$)/g, MASK],
  // The whole header: schemes and cookies have spaces.
  [
    new RegExp(`\\b((?:proxy-)?authorization|(?:set-)?cookie)${SEPARATOR}(?:${QUOTED}|[^\\s"'\\\\][^\\r\\n]*)`, 'gi'),
    `$1$2${MASK}`,
  ],
  [/(:\/\/[^\s:/?#@"']*:)[^\s/"']+@/g, `$1${MASK}@`],
  [new RegExp(`((?:${SECRET_NAME})[\\w-]{0,20})${SEPARATOR}${VALUE}`, 'gi'), `$1$2${MASK}`],
  [new RegExp(`((?:${WEAK_NAME})(?:=|\\\\{0,3}["']\\s{0,3}:\\s{0,3})${QUOTE})${VALUE}`, 'gi'), `$1${MASK}`],
  [
    new RegExp(
      `(?<![a-z])((?:${WEAK_NAME})\\s{0,3}[:=]\\s{1,3}${QUOTE})(?!${OPENING})${LIKE_A_SECRET}(?:[^\\s"'\\\\,;]|\\\\(?!["']))+`,
      'gi',
    ),
    `$1${MASK}`,
  ],
  [new RegExp(`\\b((?:bearer|basic)\\s{1,3})(?:${LIKE_A_SECRET}[\\w.~+/=-]{6,}|[\\w.~+/=-]{20,})`, 'gi'), `$1${MASK}`],
  [/\b(?:AKIA|ASIA)[A-Z0-9]{16}\b/g, MASK],
  [
    /\b(?:(?:sk|pk|rk)[_-]|gh[pousr]_|github_pat_|glpat-|xox[abeprs]-|npm_|AIza|whsec_)(?=[\w-]{0,80}\d)[\w-]{12,}/g,
    MASK,
  ],
  [/(?<![\w-])eyJ[\w-]{4,}\.[\w-]+(?:\.[\w-]*)?/g, MASK],
  // Long letters and digits after a word that says what they are; a UUID is an id.
  [
    /\b((?:secret|key|token|password|credentials?|signature)s?\b[\s:="'`(]{1,4}(?:(?:is|was|of)\s)?["'`]?)(?![\da-f]{8}-[\da-f]{4}-)(?=[\w+/=-]{0,80}\d)[\w+/=-]{20,}/gi,
    `$1${MASK}`,
  ],
];

export const redacted = (text: string): string =>
  PATTERNS.reduce((masked, [pattern, replacement]) => masked.replace(pattern, replacement), text);
