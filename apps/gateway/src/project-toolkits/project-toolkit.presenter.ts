import type { ProjectToolkit, ToolkitChange, ToolkitImport } from '@patchbay/contracts';
import type { z } from 'zod';
import type { ImportAnswer, ProjectToolkitAnswer, ToolkitChangeAnswer } from './project-toolkit.answer.js';

/** A toolkit that a project added, with what is held back of it. */
export function presentProjectToolkit(toolkit: ProjectToolkit): z.output<typeof ProjectToolkitAnswer> {
  return {
    slug: toolkit.slug,
    name: toolkit.name,
    description: toolkit.description,
    type: toolkit.ships ? 'native' : 'custom',
    version: toolkit.version,
    source: presentSource(toolkit.source),
    auth_schemes: toolkit.authSchemes.length > 0 ? toolkit.authSchemes : ['NO_AUTH'],
    tools_count: toolkit.toolCount,
    status: toolkit.heldBack ? 'needs_approval' : 'approved',
    held_back: toolkit.heldBack,
    has_refused: toolkit.hasRefused,
    problem: toolkit.problem,
    created_at: toolkit.createdAt,
    updated_at: toolkit.updatedAt,
  };
}

function presentSource({ type, url, registry }: ProjectToolkit['source']) {
  return { type, ...(url && { url }), ...(registry && { registry }) };
}

export function presentToolkitChange({
  toolSlug,
  ...change
}: ToolkitChange): z.output<typeof ToolkitChangeAnswer> {
  return { tool_slug: toolSlug, ...change };
}

export function presentImport({ toolkit, ...report }: ToolkitImport): z.output<typeof ImportAnswer> {
  return { slug: toolkit.slug, toolkit: presentProjectToolkit(toolkit), ...report };
}
