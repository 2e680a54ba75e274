import { NodeHtmlMarkdown } from 'node-html-markdown';
import { HTMLElement, NodeType, type Node } from 'node-html-parser';

/** The translator looks at all that it has written with each word that it adds: it is given a piece at a time. */
const PIECE_CHARACTERS = 24_000;
/** A run of text without a block in it is cut where it is. */
const RUN_CHARACTERS = 2 * PIECE_CHARACTERS;
/** What only holds others: its content means the same without it. */
const HOLDERS = new Set(['BODY', 'DIV', 'SECTION', 'ARTICLE', 'MAIN', 'CENTER', 'SPAN', 'FORM', 'UL']);
const BLOCKS = new Set([
  ...HOLDERS,
  ...'P H1 H2 H3 H4 H5 H6 OL DL PRE TABLE BLOCKQUOTE HR FIGURE ADDRESS LI HEADER FOOTER'.split(' '),
]);

/** An element's content in Markdown; a long one block by block. */
export function toMarkdown(element: HTMLElement): string {
  const written: string[] = [];
  write(element, written);
  return written.join('\n\n');
}

function write(holder: HTMLElement, written: string[]): void {
  let piece = '';
  const flush = () => {
    const html = holder.tagName === 'UL' ? `<ul>${piece}</ul>` : piece;
    const text = piece && NodeHtmlMarkdown.translate(html).trim();
    if (text) written.push(text);
    piece = '';
  };
  for (const child of holder.childNodes) {
    const name = tagOf(child);
    if (child instanceof HTMLElement && HOLDERS.has(name) && lengthOf(child) > PIECE_CHARACTERS) {
      flush();
      write(child, written);
      continue;
    }
    piece += child.toString();
    const limit = BLOCKS.has(name) ? PIECE_CHARACTERS : RUN_CHARACTERS;
    if (piece.length > limit) flush();
  }
  flush();
}

const tagOf = (node: Node): string =>
  node.nodeType === NodeType.ELEMENT_NODE ? node.rawTagName.toUpperCase() : '';

/** Where it stood in the text that was parsed. */
function lengthOf({ range: [start, end] }: Node): number {
  return end - start;
}
