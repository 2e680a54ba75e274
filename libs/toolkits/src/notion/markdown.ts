import { z } from 'zod';
import { path, type ToolHttp } from '../tool-runtime.js';

const Block = z.looseObject({ id: z.string(), type: z.string(), has_children: z.boolean().optional() });
type Block = z.output<typeof Block>;
const Children = z.looseObject({
  results: z.array(Block),
  has_more: z.boolean().optional(),
  next_cursor: z.string().nullish(),
});

/** A page of thousands of blocks would take minutes: the first of them are read, and that is said. */
const MAX_REQUESTS = 40;

interface RichText {
  plain_text?: string;
  href?: string | null;
  annotations?: Record<string, unknown>;
}

/** Reads a page as Markdown, nested blocks indented under their parents. */
export class MarkdownReader {
  private requests = 0;
  complete = true;

  constructor(private readonly http: ToolHttp) {}

  async read(blockId: string, indent = ''): Promise<string> {
    const lines: string[] = [];
    for (const block of await this.children(blockId)) {
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

  private async children(blockId: string): Promise<Block[]> {
    const found: Block[] = [];
    let cursor: string | undefined;
    do {
      if (this.requests >= MAX_REQUESTS) {
        this.complete = false;
        break;
      }
      this.requests += 1;
      const url = path`/v1/blocks/${blockId}/children`;
      const query = { page_size: 100, start_cursor: cursor };
      const page = Children.parse(await this.http.request({ method: 'GET', url, query }));
      found.push(...page.results);
      cursor = page.has_more ? (page.next_cursor ?? undefined) : undefined;
    } while (cursor);
    return found;
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
