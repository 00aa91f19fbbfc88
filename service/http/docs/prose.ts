/** The little of Markdown that the contracts are written in: paragraphs, headings, lists, tables, `code` and **bold**. */
import type { Markup } from './markup.ts';
import { markup } from './markup.ts';

type Block = (lines: readonly string[]) => Markup;

const ITEM = /^(?:-|\d+\.) /;

/** By how the first line of a block begins; the last fits all. */
const BLOCKS: readonly (readonly [RegExp, Block])[] = [
  [/^#{2,6} /, ([line]) => markup`<h2>${inline(line!.replace(/^#+ /, ''))}</h2>\n`],
  [/^\| /, table],
  [/^- /, (lines) => markup`<ul>\n${items(lines)}</ul>\n`],
  [/^\d+\. /, (lines) => markup`<ol>\n${items(lines)}</ol>\n`],
  [/^/, (lines) => markup`<p>${inline(lines.join('\n'))}</p>\n`],
];

/** Blocks are parted by empty lines. */
export function prose(text: string): Markup[] {
  return text
    .trim()
    .split(/\n\s*\n/)
    .filter((block) => block !== '')
    .map((block) => {
      const lines = block.split('\n').map((line) => line.trim());
      const [, render] = BLOCKS.find(([start]) => start.test(lines[0]!))!;
      return render(lines);
    });
}

export function inline(text: string): Markup[] {
  return text.split(/(`[^`]+`|\*\*[^*]+\*\*)/).map((piece) => {
    if (/^`.+`$/.test(piece)) return markup`<code>${piece.slice(1, -1)}</code>`;
    if (/^\*\*.+\*\*$/s.test(piece)) return markup`<strong>${inline(piece.slice(2, -2))}</strong>`;
    return markup`${piece}`;
  });
}

/** A line that begins no item goes on with the one before. */
function items(lines: readonly string[]): Markup[] {
  const texts: string[] = [];
  for (const line of lines) {
    if (ITEM.test(line)) texts.push(line.replace(ITEM, ''));
    else texts.push(`${texts.pop() ?? ''}\n${line}`);
  }
  return texts.map((text) => markup`<li>${inline(text)}</li>\n`);
}

/** The second line only draws the table. */
function table([head, , ...rows]: readonly string[]): Markup {
  const cells = (line: string): string[] =>
    line
      .replace(/^\||\|$/g, '')
      .split('|')
      .map((cell) => cell.trim());
  return markup`<div class="scroll"><table>
<tr>${cells(head!).map((cell) => markup`<th scope="col">${inline(cell)}</th>`)}</tr>
${rows.map((row) => markup`<tr>${cells(row).map((cell) => markup`<td>${inline(cell)}</td>`)}</tr>\n`)}</table></div>\n`;
}
