import { hash } from 'node:crypto';
import type { HeldBack } from '@patchbay/contracts';
import type { ImportedTool, ToolkitDefinition } from '../imports/index.js';

/** What of the latest definition differs from the approved one; null when nothing does. */
export function heldBack(approved: ToolkitDefinition, latest: ToolkitDefinition): HeldBack | null {
  const before = new Map(approved.tools.map((tool) => [tool.slug, tool]));
  const after = new Map(latest.tools.map((tool) => [tool.slug, tool]));
  const slugs = (tools: Map<string, ImportedTool>, wanted: (tool: ImportedTool) => boolean) =>
    [...tools.values()].filter(wanted).map(({ slug }) => slug);
  const found: HeldBack = {
    added: slugs(after, ({ slug }) => !before.has(slug)),
    changed: slugs(after, (tool) => before.has(tool.slug) && !isSame(before.get(tool.slug), tool)),
    removed: slugs(before, ({ slug }) => !after.has(slug)),
    settings: !isSame(settingsOf(approved), settingsOf(latest)),
  };
  const isAll = found.added.length + found.changed.length + found.removed.length === 0 && !found.settings;
  return isAll ? null : found;
}

/** Names a definition: two that hold nothing back from each other have one digest. */
export function digestOf(definition: ToolkitDefinition): string {
  const tools = definition.tools.toSorted((a, b) => (a.slug < b.slug ? -1 : 1));
  return hash('sha256', canonical({ settings: settingsOf(definition), tools }));
}

/** What is served: the approved definition, without the tools that are gone meanwhile. */
export function servedOf(approved: ToolkitDefinition, latest: ToolkitDefinition): ToolkitDefinition {
  const there = new Set(latest.tools.map(({ slug }) => slug));
  return { ...approved, tools: approved.tools.filter(({ slug }) => there.has(slug)) };
}

/** Where calls and credentials go; what a server says of its answers, and words of a form, change nothing about that. */
export function settingsOf({ baseUrl, auth, program }: ToolkitDefinition): Record<string, unknown> {
  return {
    baseUrl,
    ...(program && { program }),
    auth: auth.map((spec) => ({
      ...spec,
      namesIssuer: undefined,
      connectionFields: spec.connectionFields?.map((field) => ({
        ...field,
        displayName: '',
        description: '',
      })),
    })),
  };
}

/** The database gives objects back with their keys in another order. */
export function isSame(a: unknown, b: unknown): boolean {
  return canonical(a) === canonical(b);
}

function canonical(value: unknown): string {
  return JSON.stringify(value, (_, inner: unknown) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );
}

const VERSION = /^(\d{8})_(\d{2,})$/;

/** `YYYYMMDD_NN`, later than the one before. */
export function nextVersion(before: string | undefined, now: Date): string {
  const day = now.toISOString().slice(0, 10).replaceAll('-', '');
  const [, lastDay, count] = VERSION.exec(before ?? '') ?? [];
  if (!lastDay || lastDay < day) return `${day}_00`;
  return `${lastDay}_${String(Number(count) + 1).padStart(2, '0')}`;
}
