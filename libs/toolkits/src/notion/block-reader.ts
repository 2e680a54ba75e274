import { z } from 'zod';
import { path, type ToolHttp } from '../tool-runtime.js';

const Block = z.looseObject({ id: z.string(), type: z.string(), has_children: z.boolean().optional() });
export type Block = z.output<typeof Block>;
const Children = z.looseObject({
  results: z.array(Block),
  has_more: z.boolean().optional(),
  next_cursor: z.string().nullish(),
});

/** A page of thousands of blocks would take minutes: the first of them are read, and that is said. */
const MAX_REQUESTS = 40;

/** Reads what stands in pages and blocks, up to a bound over all that one reader is asked. */
export class BlockReader {
  private requests = 0;
  /** False once something was left unread. */
  complete = true;

  constructor(private readonly http: ToolHttp) {}

  async children(blockId: string): Promise<Block[]> {
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
