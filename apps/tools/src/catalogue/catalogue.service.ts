import { Injectable } from '@nestjs/common';
import {
  AppError,
  pageOfList,
  type checkSlugs,
  type InputOf,
  type listToolkits,
  type listTools,
  type OutputOf,
  type SessionScope,
  type Toolkit,
} from '@patchbay/contracts';
import { isToolkitInScope, outOfScope } from '../scope/scope.js';
import { SearchService } from '../search/search.service.js';
import { Catalogue, type CatalogueEntry } from './catalogue.js';

@Injectable()
export class CatalogueService {
  constructor(
    private readonly catalogue: Catalogue,
    private readonly search: SearchService,
  ) {}

  listToolkits(input: InputOf<typeof listToolkits>): OutputOf<typeof listToolkits> {
    const { slugs, scope, category, search } = input;
    const words = search?.toLowerCase();
    const found = this.catalogue.toolkits.filter(
      (toolkit) =>
        (!slugs || slugs.includes(toolkit.slug)) &&
        (!scope || isToolkitInScope(scope, toolkit.slug)) &&
        (!category || toolkit.categories.includes(category)) &&
        (!words || `${toolkit.slug} ${toolkit.name} ${toolkit.description}`.toLowerCase().includes(words)),
    );
    return pageOfList(found, input);
  }

  getToolkit(slug: string): Toolkit {
    const toolkit = this.catalogue.toolkit(slug);
    if (!toolkit) throw new AppError('toolkit_not_found', `There is no toolkit ${slug}.`);
    return toolkit;
  }

  listTools(input: InputOf<typeof listTools>): OutputOf<typeof listTools> {
    const { slugs, toolkits, tags, search, scope } = input;
    const named = slugs?.map((slug) => this.catalogue.tool(slug)).filter((entry) => entry !== undefined);
    const found = named ?? (search ? this.search.find(search) : this.catalogue.entries);
    const kept = found
      .map(({ definition }) => definition)
      .filter(
        (tool) =>
          (!scope || !outOfScope(scope, tool)) &&
          // Named slugs override the other filters.
          (named ||
            ((!toolkits || toolkits.includes(tool.toolkit.slug)) &&
              (!tags || tags.some((tag) => tool.tags.includes(tag))))),
      );
    return pageOfList(kept, input);
  }

  entry(slug: string): CatalogueEntry {
    const entry = this.catalogue.tool(slug);
    if (entry) return entry;
    const near = this.search.nearSlugs(slug);
    throw new AppError('tool_not_found', `There is no tool ${slug}.`, {
      suggestion: near.length > 0 ? `Did you mean ${near.join(', ')}?` : 'Search for it in words first.',
    });
  }

  check({ scope, preload }: InputOf<typeof checkSlugs>): OutputOf<typeof checkSlugs> {
    const unknownTools = preload.filter((slug) => !this.catalogue.tool(slug));
    return {
      unknownToolkits: toolkitsOf(scope).filter((slug) => !this.catalogue.toolkit(slug)),
      unknownTools: [...unknownTools, ...this.foreignTools(scope)],
      preloadOutOfScope: preload.filter((slug) => {
        const entry = this.catalogue.tool(slug);
        return entry && outOfScope(scope, entry.definition);
      }),
    };
  }

  /** Slugs listed under a toolkit that has no such tool. */
  private foreignTools(scope: SessionScope): string[] {
    return Object.entries(scope.tools).flatMap(([toolkit, filter]) => {
      const listed = 'enabled' in filter ? filter.enabled : 'disabled' in filter ? filter.disabled : [];
      return listed.filter((slug) => this.catalogue.tool(slug)?.definition.toolkit.slug !== toolkit);
    });
  }
}

function toolkitsOf(scope: SessionScope): string[] {
  const { toolkits } = scope;
  const listed = !toolkits ? [] : 'enabled' in toolkits ? toolkits.enabled : toolkits.disabled;
  return [...new Set([...listed, ...Object.keys(scope.tools)])];
}
