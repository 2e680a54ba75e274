import type { JsonSchema, Toolkit, ToolkitAuth, ToolDefinition } from '@patchbay/contracts';
import {
  answerSchema,
  configFieldsOf,
  connectionFieldsOf,
  describeDeclared,
  inputSchemaOf,
  outputSchemaOf,
  type AuthSpec,
  type InstalledToolkit,
  type ToolSpec,
} from '@patchbay/toolkits';

/** A tool with what is needed to show it and to run it. */
export interface CatalogueEntry {
  definition: ToolDefinition;
  spec: ToolSpec;
  toolkit: InstalledToolkit;
}

const ANY_OBJECT = { type: 'object', description: "The provider's answer." };

/** All toolkits and tools of this installation, in memory. Keeps the order in which they are declared. */
export class Catalogue {
  readonly toolkits: readonly Toolkit[];
  readonly entries: readonly CatalogueEntry[];
  private readonly entriesByToolkit: ReadonlyMap<string, readonly CatalogueEntry[]>;
  private readonly toolkitBySlug: ReadonlyMap<string, Toolkit>;
  private readonly entryBySlug: ReadonlyMap<string, CatalogueEntry>;

  constructor(installed: readonly InstalledToolkit[]) {
    this.toolkits = installed.map(describeToolkit);
    const entries = installed.map((toolkit) => [toolkit.slug, entriesOf(toolkit)] as const);
    this.entries = entries.flatMap(([, ofToolkit]) => ofToolkit);
    this.entriesByToolkit = new Map(entries);
    this.toolkitBySlug = new Map(this.toolkits.map((toolkit) => [toolkit.slug, toolkit]));
    // Slugs are asked for in upper case, however they are shown.
    const bySlug = new Map(this.entries.map((entry) => [entry.spec.slug.toUpperCase(), entry]));
    if (bySlug.size !== this.entries.length) throw new Error('Two tools have the same slug');
    for (const entry of this.entries) {
      for (const alias of entry.spec.aliases ?? []) if (!bySlug.has(alias)) bySlug.set(alias, entry);
    }
    this.entryBySlug = bySlug;
  }

  toolkit(slug: string): Toolkit | undefined {
    return this.toolkitBySlug.get(slug);
  }

  /** The tools of one toolkit. */
  entriesOf(slug: string): readonly CatalogueEntry[] {
    return this.entriesByToolkit.get(slug) ?? [];
  }

  /** By its slug or one that it had before. */
  tool(slug: string): CatalogueEntry | undefined {
    return this.entryBySlug.get(slug);
  }
}

function describeToolkit(toolkit: InstalledToolkit): Toolkit {
  return {
    slug: toolkit.slug,
    name: toolkit.name,
    description: toolkit.description,
    logo: toolkit.logo,
    categories: toolkit.categories,
    version: toolkit.version,
    ...(toolkit.availableVersions && { availableVersions: toolkit.availableVersions }),
    isCustom: toolkit.addedBy !== undefined && !toolkit.isVendors,
    baseUrl: toolkit.baseUrl ?? null,
    auth: toolkit.server ? describeDeclared(toolkit.server.auth) : (toolkit.auth ?? []).map(describeAuth),
    managedAuthSchemes: toolkit.managedApp ? ['OAUTH2'] : [],
    toolCount: toolkit.tools.length,
    triggerCount: toolkit.triggers?.length ?? 0,
    ...(toolkit.quality && { quality: toolkit.quality }),
    ...((toolkit.server || (toolkit.isVendors && toolkit.tools.length === 0)) && { awaitsAccount: true }),
  };
}

function describeAuth(spec: AuthSpec): ToolkitAuth {
  return {
    scheme: spec.scheme,
    configFields: configFieldsOf(spec),
    connectionFields: connectionFieldsOf(spec),
    helpUrl: spec.helpUrl ?? null,
  };
}

function entriesOf(toolkit: InstalledToolkit): CatalogueEntry[] {
  const { slug, name, logo } = toolkit;
  const shown = { slug, name, logo };
  return toolkit.tools.map((spec) => ({ spec, toolkit, definition: describeTool(toolkit, shown, spec) }));
}

/** Its schemas are made when they are first asked for: of thousands of tools, few ever are. */
function describeTool(
  toolkit: InstalledToolkit,
  shown: ToolDefinition['toolkit'],
  spec: ToolSpec,
): ToolDefinition {
  let input: JsonSchema | undefined;
  let output: JsonSchema | undefined;
  return {
    slug: spec.slug,
    name: spec.name,
    description: spec.description,
    toolkit: shown,
    get inputSchema() {
      return (input ??= inputSchemaOf(spec));
    },
    get outputSchema() {
      return (output ??= answerSchema(outputSchemaOf(spec) ?? ANY_OBJECT));
    },
    needsAccount: toolkit.auth !== undefined,
    version: toolkit.version,
    ...(toolkit.availableVersions && { availableVersions: toolkit.availableVersions }),
    scopes: spec.scopes ?? [],
    tags: spec.tags,
    deprecated: spec.deprecated ?? false,
    ...(spec.aliases && { aliases: spec.aliases }),
  };
}
