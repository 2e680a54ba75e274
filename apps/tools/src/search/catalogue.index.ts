import type { SessionScope } from '@patchbay/contracts';
import { LRUCache } from 'lru-cache';
import type { Catalogue } from '../toolkits/index.js';
import { isToolkitInScope, outOfScope } from '../scope/index.js';
import type { Embeddings } from './embeddings.js';
import { ToolIndex } from './tool.index.js';
import { indexed, sentenceOf } from './tool.text.js';
import { ToolkitNames } from './toolkit.names.js';

const SCOPES_KEPT = 200;
const RETRY_MS = 30_000;

/** What a search may find. */
export interface Bounds {
  scope?: SessionScope | undefined;
  toolkits?: readonly string[] | undefined;
  /** Toolkits that another catalogue has in the place of this one's. */
  without?: ReadonlySet<string> | undefined;
}

/** The tools that an index is of. */
export type Indexable = Pick<Catalogue, 'toolkits' | 'entries'>;

/** One catalogue made ready for searching. */
export class CatalogueIndex {
  readonly tools: ToolIndex;
  readonly names: ToolkitNames;
  /** Of those whose tools are not known before an account is connected: none of them can be found otherwise. */
  readonly awaiting: ToolkitNames;
  private embedding: Promise<void> | undefined;
  private retryAt = 0;
  private readonly masks = new LRUCache<string, Uint8Array>({ max: SCOPES_KEPT });

  /**
   * @param base asked beside this one
   * @param aliases what each tool is called here, where that is not its own name
   */
  constructor(
    readonly catalogue: Indexable,
    base?: CatalogueIndex,
    readonly aliases: readonly string[] = [],
  ) {
    const { toolkits } = catalogue;
    this.names = new ToolkitNames(toolkits.filter(({ awaitsAccount }) => !awaitsAccount));
    this.awaiting = new ToolkitNames(
      toolkits.filter(({ awaitsAccount }) => awaitsAccount),
      { without: 'everyday' },
    );
    this.tools = new ToolIndex(
      catalogue.entries.map((entry, at) => indexed(entry, aliases[at])),
      base?.tools,
    );
  }

  /**
   * Adds the embedding of each tool, as soon as a model has made it. To be called with each search: a model that
   * failed is asked again after a while.
   */
  embed(embeddings: Embeddings | undefined): Promise<void> {
    if (this.tools.hasVectors || !embeddings) return Promise.resolve();
    if (!this.embedding && Date.now() < this.retryAt) return Promise.resolve();
    this.embedding ??= this.addVectors(embeddings).finally(() => (this.embedding = undefined));
    return this.embedding;
  }

  /** One byte a tool: whether it is inside. A session searches often with the one scope that it has. */
  mask({ scope, toolkits, without }: Bounds): Uint8Array | undefined {
    if (!toolkits && !without && (!scope || isUnlimited(scope))) return undefined;
    const key = JSON.stringify([scope, toolkits, without && [...without]]);
    const known = this.masks.get(key);
    if (known) return known;
    const mask = this.drawMask({ scope, toolkits, without });
    this.masks.set(key, mask);
    return mask;
  }

  private async addVectors(embeddings: Embeddings): Promise<void> {
    const sentences = this.catalogue.entries.map(
      ({ definition }, at) => this.aliases[at] ?? sentenceOf(definition),
    );
    const found = await embeddings.ofTexts(sentences);
    if (found) this.tools.setVectors(found.vectors, found.dimensions);
    else this.retryAt = Date.now() + RETRY_MS;
  }

  private drawMask({ scope, toolkits, without }: Bounds): Uint8Array {
    const inside = new Set(
      [...new Set(this.catalogue.entries.map(({ definition }) => definition.toolkit.slug))].filter(
        (slug) =>
          !without?.has(slug) &&
          (!toolkits || toolkits.includes(slug)) &&
          (!scope || isToolkitInScope(scope, slug)),
      ),
    );
    return Uint8Array.from(this.catalogue.entries, ({ definition }) =>
      inside.has(definition.toolkit.slug) && (!scope || !outOfScope(scope, definition)) ? 1 : 0,
    );
  }
}

function isUnlimited({ toolkits, tools, tags }: SessionScope): boolean {
  return !toolkits && !tags.enabled && !tags.disabled && Object.keys(tools).length === 0;
}
