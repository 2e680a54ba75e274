import { Injectable } from '@nestjs/common';
import {
  AppError,
  pageOfList,
  type checkSlugs,
  type findTools,
  type getToolkit,
  type InputOf,
  type listToolkits,
  type listTools,
  type OutputOf,
  type recommendScopes,
  type searchTools,
  type SessionScope,
  type ToolDefinition,
  type Toolkit,
  type ToolVersions,
} from '@patchbay/contracts';
import { placeByUsage, type InstalledToolkit } from '@patchbay/toolkits';
import { isToolkitInScope, outOfScope } from '../scope/index.js';
import { ProjectTunings, SearchService } from '../search/index.js';
import {
  type CatalogueEntry,
  type ProjectCatalogue,
  versionFor,
  type VersionChoice,
} from '../toolkits/index.js';
import { ProjectCatalogues } from './project-catalogues.service.js';
import { FoundTools } from './found-tools.js';
import { scopesOf } from './recommended-scopes.js';

const ORDERS: Record<InputOf<typeof listToolkits>['sortBy'], (a: Toolkit, b: Toolkit) => number> = {
  name: (a, b) => a.name.localeCompare(b.name, 'en'),
  usage: (a, b) => placeByUsage(a.slug) - placeByUsage(b.slug),
};

/** The tag of the tools of a toolkit that are most asked for. */
const IMPORTANT = 'important';

@Injectable()
export class CatalogueService {
  private readonly found = new FoundTools();

  constructor(
    private readonly catalogues: ProjectCatalogues,
    private readonly searching: SearchService,
    private readonly tunings: ProjectTunings,
  ) {}

  async listToolkits(input: InputOf<typeof listToolkits>): Promise<OutputOf<typeof listToolkits>> {
    const { slugs, scope, category, search, kind, managedOnly, sortBy } = input;
    const words = search?.toLowerCase();
    const { toolkits } = await this.catalogues.of(input.projectId);
    const found = toolkits.filter(
      (toolkit) =>
        (!slugs || slugs.includes(toolkit.slug)) &&
        (!scope || isToolkitInScope(scope, toolkit.slug)) &&
        (!category || toolkit.categories.includes(category)) &&
        (!kind || toolkit.isCustom === (kind === 'custom')) &&
        (!managedOnly || toolkit.managedAuthSchemes.length > 0) &&
        (!words || `${toolkit.slug} ${toolkit.name} ${toolkit.description}`.toLowerCase().includes(words)),
    );
    return pageOfList(found.toSorted(ORDERS[sortBy]), input);
  }

  async getToolkit({ projectId, slug, version }: InputOf<typeof getToolkit>): Promise<Toolkit> {
    const versions = version && { [slug]: version };
    const toolkit = (await this.catalogues.of(projectId, { versions })).toolkit(slug);
    const wanted = versionFor(version, slug);
    if (toolkit && (!wanted || toolkit.version === wanted)) return toolkit;
    const which = wanted ? `version ${wanted} of the toolkit` : 'toolkit';
    throw new AppError('toolkit_not_found', `There is no ${which} ${slug}.`);
  }

  async recommendScopes(input: InputOf<typeof recommendScopes>): Promise<OutputOf<typeof recommendScopes>> {
    const { projectId, toolkit: slug, version } = input;
    await this.getToolkit({ projectId, slug, version });
    const catalogue = await this.catalogues.of(projectId, { versions: version && { [slug]: version } });
    const all = catalogue.entries.filter(({ definition }) => definition.toolkit.slug === slug);
    const own = input.tools.map((tool) =>
      all.find(({ definition }) => definition === catalogue.tool(tool)?.definition),
    );
    const foreign = input.tools.filter((_, index) => !own[index]);
    if (foreign.length > 0) {
      const issues = [`tools: ${foreign.join(', ')}: not of ${slug}`];
      throw new AppError('invalid_request', `Not all of the tools are of ${slug}.`, { issues });
    }
    const wanted = own.length > 0 ? own.filter((entry) => entry !== undefined) : all;
    const { toolkit = await this.installed(projectId, slug) } = all[0] ?? {};
    return scopesOf(
      toolkit,
      wanted.map(({ definition }) => definition),
      input,
    );
  }

  /** A toolkit with what is needed to call its provider. */
  async installed(projectId: string, slug: string): Promise<InstalledToolkit> {
    const { entries } = await this.catalogues.of(projectId);
    const entry = entries.find(({ toolkit }) => toolkit.slug === slug);
    if (!entry) throw new AppError('toolkit_not_found', `There is no toolkit ${slug}.`);
    return entry.toolkit;
  }

  async listTools(input: InputOf<typeof listTools>): Promise<OutputOf<typeof listTools>> {
    const { slugs, toolkits, search, scope, versions } = input;
    const catalogue = await this.catalogues.of(input.projectId, { at: input.toolsAt, versions });
    const named = slugs?.map((slug) => catalogue.tool(slug)).filter((entry) => entry !== undefined);
    const options = { scope, toolkits, tuning: search ? await this.tunings.of(input.projectId) : undefined };
    const found =
      named ?? (search ? await this.searching.find(catalogue, search, options) : catalogue.entries);
    const unmarked = withoutImportant(catalogue, input);
    const kept = found
      .map(({ definition }) => definition)
      .filter(
        (tool) =>
          (!scope || !outOfScope(scope, tool)) &&
          isOfVersion(tool, versions) &&
          // Named slugs override the other filters.
          (named || passes(tool, input, unmarked)),
      );
    // What is searched for comes by how well it fits.
    const page = pageOfList(named || search || !toolkits ? kept : spread(kept), input);
    if (!search || named || !input.withExplanation) return page;
    const shown = page.items.map(({ slug }) => slug);
    return { ...page, explanation: await this.searching.explain(catalogue, search, shown, options) };
  }

  async slugs(projectId: string): Promise<string[]> {
    return (await this.catalogues.of(projectId)).entries.map(({ definition }) => definition.slug);
  }

  /** The slug of a tool that may be asked for by one that it had before; undefined when there is none. */
  async slugNow(projectId: string, slug: string): Promise<string | undefined> {
    return (await this.catalogues.of(projectId)).tool(slug)?.definition.slug;
  }

  /** @throws AppError `tool_not_found`, also for a version that there is none of */
  async entry(projectId: string, slug: string, choice: VersionChoice = {}): Promise<CatalogueEntry> {
    const catalogue = await this.catalogues.of(projectId, choice);
    const entry = catalogue.tool(slug);
    if (entry && isOfVersion(entry.definition, choice.versions)) return entry;
    if (choice.versions) return this.refuseVersion(projectId, slug, choice);
    const near = this.searching.nearSlugs(catalogue, slug);
    throw new AppError('tool_not_found', `There is no tool ${slug}.`, {
      suggestion: near.length > 0 ? `Did you mean ${near.join(', ')}?` : 'Search for it in words first.',
    });
  }

  /** Whether there is such a tool at all decides over the words. */
  private async refuseVersion(
    projectId: string,
    slug: string,
    { at, versions }: VersionChoice,
  ): Promise<never> {
    const { definition } = await this.entry(projectId, slug, { at });
    const { toolkit, version: own, availableVersions: available = [own] } = definition;
    const wanted = versionFor(versions, toolkit.slug) ?? '';
    throw new AppError('tool_not_found', `There is no version ${wanted} of ${definition.slug}.`, {
      suggestion: `Versions of ${toolkit.slug}: ${available.join(', ')}.`,
    });
  }

  async search(input: InputOf<typeof searchTools>): Promise<OutputOf<typeof searchTools>> {
    return (await this.searched(input)).outcome;
  }

  async find(input: InputOf<typeof findTools>): Promise<OutputOf<typeof findTools>> {
    const { catalogue, outcome } = await this.searched(input);
    const { hits, tools } = outcome;
    const slugs = new Set(hits.flatMap(({ toolkits, awaiting = [] }) => [...toolkits, ...awaiting]));
    const toolkits = [...slugs].map((slug) => catalogue.toolkit(slug)).filter((one) => one !== undefined);
    return {
      hits,
      tools: tools.map((tool) => this.found.of(tool)),
      toolkits: toolkits
        .toSorted(ORDERS.usage)
        .map(({ slug, description, auth }) => ({ slug, description, needsAccount: auth.length > 0 })),
    };
  }

  private async searched(input: InputOf<typeof searchTools>) {
    const [catalogue, tuning] = await Promise.all([
      this.catalogues.of(input.projectId, { at: input.toolsAt }),
      this.tunings.of(input.projectId),
    ]);
    return { catalogue, outcome: await this.searching.search(catalogue, input, tuning) };
  }

  async check(input: InputOf<typeof checkSlugs>): Promise<OutputOf<typeof checkSlugs>> {
    const { scope, preload } = input;
    const catalogue = await this.catalogues.of(input.projectId, { at: input.toolsAt });
    const unknownTools = preload.filter((slug) => !catalogue.tool(slug));
    return {
      unknownToolkits: toolkitsOf(scope).filter((slug) => !catalogue.toolkit(slug)),
      unknownTools: [...unknownTools, ...foreignTools(catalogue, scope)],
      preloadOutOfScope: preload.filter((slug) => {
        const entry = catalogue.tool(slug);
        return entry && outOfScope(scope, entry.definition);
      }),
    };
  }
}

function isOfVersion({ toolkit, version }: ToolDefinition, versions: ToolVersions | undefined): boolean {
  const wanted = versionFor(versions, toolkit.slug);
  return wanted === undefined || wanted === version;
}

/** Slugs listed under a toolkit that has no such tool. */
function foreignTools(catalogue: ProjectCatalogue, scope: SessionScope): string[] {
  return Object.entries(scope.tools).flatMap(([toolkit, filter]) => {
    const listed = 'enabled' in filter ? filter.enabled : 'disabled' in filter ? filter.disabled : [];
    return listed.filter((slug) => catalogue.tool(slug)?.definition.toolkit.slug !== toolkit);
  });
}

/**
 * Of several toolkits one tool after the other: the official SDK asks for the important tools of those that it names,
 * reads one page and no more, and would else be given the first toolkit's alone.
 */
function spread(tools: ToolDefinition[]): ToolDefinition[] {
  const byToolkit = new Map<string, ToolDefinition[]>();
  for (const tool of tools) {
    const list = byToolkit.get(tool.toolkit.slug);
    if (list) list.push(tool);
    else byToolkit.set(tool.toolkit.slug, [tool]);
  }
  if (byToolkit.size < 2) return tools;
  const lists = [...byToolkit.values()];
  const longest = Math.max(...lists.map(({ length }) => length));
  return Array.from({ length: longest }, (_, place) => lists.map((list) => list[place]))
    .flat()
    .filter((tool) => tool !== undefined);
}

/** Of the toolkits that are named, those that mark no tool as important: there all are. */
function withoutImportant(
  catalogue: ProjectCatalogue,
  { toolkits, tags }: InputOf<typeof listTools>,
): ReadonlySet<string> {
  if (!toolkits || !tags?.includes(IMPORTANT)) return new Set();
  const marked = catalogue.entries.filter(({ definition }) => definition.tags.includes(IMPORTANT));
  const slugs = new Set(marked.map(({ definition }) => definition.toolkit.slug));
  return new Set(toolkits.filter((slug) => !slugs.has(slug)));
}

function passes(
  { slug, toolkit, tags: own, scopes: wanted, deprecated }: ToolDefinition,
  { toolkits, tags, scopes, within, includeDeprecated }: InputOf<typeof listTools>,
  unmarked: ReadonlySet<string>,
): boolean {
  return (
    (!toolkits || toolkits.includes(toolkit.slug)) &&
    (!tags || unmarked.has(toolkit.slug) || tags.some((tag) => own.includes(tag))) &&
    (!scopes || scopes.some((scope) => wanted.includes(scope))) &&
    (!within ||
      within.some((part) => part.toolkit === toolkit.slug && (part.tools?.includes(slug) ?? true))) &&
    (includeDeprecated || !deprecated)
  );
}

function toolkitsOf(scope: SessionScope): string[] {
  const { toolkits } = scope;
  const listed = !toolkits ? [] : 'enabled' in toolkits ? toolkits.enabled : toolkits.disabled;
  return [...new Set([...listed, ...Object.keys(scope.tools)])];
}
