import type { ToolHttp } from '../tool-runtime.js';
import { BlockReader, type Block } from './block-reader.js';

interface RichText {
  plain_text?: string;
  href?: string | null;
  annotations?: Record<string, unknown>;
}

/** Reads a page as Markdown, nested blocks indented under their parents. */
export class MarkdownReader {
  private readonly blocks: BlockReader;

  constructor(http: ToolHttp) {
    this.blocks = new BlockReader(http);
  }

  /** False when the page is so long that its end was left out. */
  get complete(): boolean {
    return this.blocks.complete;
  }

  async read(blockId: string, indent = ''): Promise<string> {
    const lines: string[] = [];
    for (const block of await this.blocks.children(blockId)) {
      lines.push(
        ...lineOf(block)
          .split('\n')
          .map((line) => indent + line),
      );
      if (block.has_children && block.type !== 'child_page' && block.type !== 'child_database') {
        lines.push(await this.read(block.id, isFlat(block) ? indent : `${indent}    `));
      }
    }
    return lines.join('\n');
  }
}

/** What only holds others is not a level of its own. */
const isFlat = ({ type }: Block): boolean =>
  ['column_list', 'column', 'synced_block', 'table'].includes(type);

const PREFIXES: Record<string, string> = {
  heading_1: '# ',
  heading_2: '## ',
  heading_3: '### ',
  bulleted_list_item: '- ',
  numbered_list_item: '1. ',
  toggle: '- ',
  quote: '> ',
  callout: '> ',
};

function lineOf(block: Block): string {
  const { type } = block;
  const content = (block[type] ?? {}) as Record<string, unknown>;
  const text = marked(content['rich_text']);
  if (type === 'divider') return '---';
  if (type === 'code') return `\`\`\`${textAt(content, 'language')}\n${text}\n\`\`\``;
  if (type === 'to_do') return `- [${content['checked'] === true ? 'x' : ' '}] ${text}`;
  if (type === 'equation') return `$$${textAt(content, 'expression')}$$`;
  if (type === 'child_page' || type === 'child_database') return `[${textAt(content, 'title')}](${block.id})`;
  if (type === 'table_row') {
    const cells = Array.isArray(content['cells']) ? content['cells'] : [];
    return `| ${cells.map(marked).join(' | ')} |`;
  }
  const address = addressOf(content);
  if (address) return `${type === 'image' ? '!' : ''}[${marked(content['caption']) || type}](${address})`;
  return `${PREFIXES[type] ?? ''}${text}`;
}

function textAt(content: Record<string, unknown>, key: string): string {
  const text = content[key];
  return typeof text === 'string' ? text : '';
}

function addressOf(content: Record<string, unknown>): string | undefined {
  const { url, file, external } = content as {
    url?: string;
    file?: { url?: string };
    external?: { url?: string };
  };
  return url ?? file?.url ?? external?.url;
}

function marked(parts: unknown): string {
  if (!Array.isArray(parts)) return '';
  return (parts as RichText[])
    .map(({ plain_text = '', href, annotations = {} }) => {
      const marks = [
        annotations['bold'] === true && '**',
        annotations['italic'] === true && '_',
        annotations['strikethrough'] === true && '~~',
        annotations['code'] === true && '`',
      ].filter((mark) => mark !== false);
      const text = marks.join('') + plain_text + marks.toReversed().join('');
      return href ? `[${text}](${href})` : text;
    })
    .join('');
}
