import { z } from 'zod';
import { functionTool, type ToolSpec } from '../toolkit.js';
import { path, type ToolHttp } from '../tool-runtime.js';
import { BlockReader, type Block } from './block-reader.js';
import { richText } from './blocks.js';
import { pageId } from './fields.js';
import { titleOf } from './titles.js';

const Page = z.looseObject({
  id: z.string(),
  url: z.string().optional(),
  icon: z.looseObject({ type: z.string() }).nullish(),
  cover: z.looseObject({ type: z.string() }).nullish(),
});
const Appended = z.looseObject({ results: z.array(z.looseObject({ id: z.string() })) });

/** Notion takes a hundred at once. */
const CHUNK = 100;
/** Must be made together with what is in them. */
const WHOLE = new Set(['table', 'column_list', 'column']);
/** Pages and databases of their own, and what the API can tell but not make. */
const NOT_COPIED = new Set([
  'child_page',
  'child_database',
  'unsupported',
  'link_preview',
  'template',
  'ai_block',
]);

/** Copies what stands in a page into another, block by block. */
class PageCopier {
  private readonly blocks: BlockReader;
  private skipped = 0;

  constructor(private readonly http: ToolHttp) {
    this.blocks = new BlockReader(http);
  }

  get complete(): boolean {
    return this.blocks.complete && this.skipped === 0;
  }

  async copy(from: string, to: string): Promise<void> {
    const children = await this.blocks.children(from);
    const wanted = children.filter((block) => this.canCopy(block));
    for (let start = 0; start < wanted.length; start += CHUNK) {
      const chunk = wanted.slice(start, start + CHUNK);
      const written = await Promise.all(chunk.map((block) => this.writable(block)));
      const { results } = Appended.parse(
        await this.http.request({
          method: 'PATCH',
          url: path`/v1/blocks/${to}/children`,
          body: { json: { children: written } },
        }),
      );
      for (const [index, block] of chunk.entries()) {
        const copied = results[index];
        if (block.has_children && copied && !WHOLE.has(block.type)) await this.copy(block.id, copied.id);
      }
    }
  }

  private canCopy(block: Block): boolean {
    // A file that Notion keeps has an address for an hour only.
    const content = block[block.type] as { type?: string } | undefined;
    const can = !NOT_COPIED.has(block.type) && content?.type !== 'file';
    if (!can) this.skipped += 1;
    return can;
  }

  /** A block as it is written: what it says without what Notion knows of it. */
  private async writable({ id, type, has_children, ...rest }: Block): Promise<Record<string, unknown>> {
    const content = rest[type] as object | undefined;
    if (!WHOLE.has(type) || !has_children) return { type, [type]: content ?? {} };
    const children = (await this.blocks.children(id)).filter((block) => this.canCopy(block));
    // Two levels are taken in one request: what is deeper in a column stays behind.
    this.skipped += type === 'column' ? children.filter((child) => child.has_children).length : 0;
    const written = await Promise.all(
      children.map((child) => this.writable(type === 'column' ? { ...child, has_children: false } : child)),
    );
    return { type, [type]: { ...content, children: written } };
  }
}

export const copyingTools: ToolSpec[] = [
  functionTool({
    slug: 'NOTION_DUPLICATE_PAGE',
    name: 'Duplicate page',
    description:
      'Copies a page with its icon, cover and content under another page. Pages and databases inside of it, and files that Notion keeps, are not copied.',
    input: z.object({
      page_id: pageId,
      parent_id: z.string().min(1).describe('Id of the page that the copy goes into.'),
      title: z.string().optional().describe('Title of the copy; without it, that of the page.'),
    }),
    output: z.object({
      page_id: z.string(),
      title: z.string(),
      url: z.string().optional(),
      complete: z.boolean().describe('False when something of the page could not be copied.'),
    }),
    tags: [],
    run: async ({ page_id, parent_id, title: given }, { http }) => {
      const page = Page.parse(await http.request({ method: 'GET', url: path`/v1/pages/${page_id}` }));
      const title = given ?? titleOf(page);
      const kept = (look: { type: string } | null | undefined) =>
        look && look.type !== 'file' ? look : undefined;
      const copy = Page.parse(
        await http.request({
          method: 'POST',
          url: '/v1/pages',
          body: {
            json: {
              parent: { page_id: parent_id },
              properties: { title: { title: richText(title) } },
              icon: kept(page.icon),
              cover: kept(page.cover),
            },
          },
        }),
      );
      const copier = new PageCopier(http);
      await copier.copy(page_id, copy.id);
      return { page_id: copy.id, title, ...(copy.url && { url: copy.url }), complete: copier.complete };
    },
  }),
];
