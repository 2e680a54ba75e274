import { z } from 'zod';
import { ToolDefinition, ToolsAt } from './catalogue.contract.js';
import { defineEvent, defineRequest } from './define.js';
import { idSchema } from './ids.js';
import { PageRequest, pageOf } from './page.js';
import { SearchExplanation } from './search-explanation.js';
import { SessionScope } from './session-scope.js';
import { ToolkitSlug, ToolSlug } from './tool-slug.js';

const OfProject = { projectId: idSchema('project') };

export const SearchQuery = z.strictObject({
  useCase: z.string().min(1).max(1024),
  knownFields: z.string().max(500).optional(),
});
export const SearchHit = z.object({
  useCase: z.string(),
  primaryTools: z.array(z.string()),
  relatedTools: z.array(z.string()),
  toolkits: z.array(z.string()),
  /** Toolkits that the use case names, and whose tools are not known before an account is connected. */
  awaiting: z.array(z.string()).optional(),
  explanation: SearchExplanation.optional(),
});
export const SearchOutcome = z.object({ hits: z.array(SearchHit), tools: z.array(ToolDefinition) });
export type SearchOutcome = z.infer<typeof SearchOutcome>;

const Search = z.strictObject({
  ...OfProject,
  queries: z.array(SearchQuery).min(1).max(50),
  scope: SessionScope,
  toolkits: z.array(ToolkitSlug).optional(),
  /** Toolkits of which the user has connected an account: they come first when scores are near. */
  connected: z.array(ToolkitSlug).max(1000).optional(),
  /** Whether each hit says what it was found by. */
  withExplanation: z.boolean().optional(),
  toolsAt: ToolsAt,
});

export const searchTools = defineRequest('tools.catalogue.search', Search, SearchOutcome);

/** What a model has to know of a tool to call it, and no more: a search carries a dozen. */
export const FoundTool = z.object({
  slug: z.string(),
  /** Its slug. */
  toolkit: z.string(),
  description: z.string(),
  tags: z.array(z.string()),
  /** The arguments that it cannot do without. */
  required: z.array(z.string()),
  /** The JSON of its input schema, which nobody reads on its way to the model. */
  inputSchema: z.string(),
});
export type FoundTool = z.infer<typeof FoundTool>;

export const FoundToolkit = z.object({
  slug: z.string(),
  description: z.string(),
  needsAccount: z.boolean(),
});
export type FoundToolkit = z.infer<typeof FoundToolkit>;

/** The same search for a session: with the toolkits of what was found and is awaited, the most used first. */
export const findTools = defineRequest(
  'tools.catalogue.find',
  Search,
  z.object({ hits: z.array(SearchHit), tools: z.array(FoundTool), toolkits: z.array(FoundToolkit) }),
);

/* ---------- what a project says of its tools for searching ---------- */

export const ALIASES_AT_MOST = 20;

/** What people call a tool, beside its name. */
export const ToolAlias = z.string().min(1).max(100).regex(/\S/, 'must not be blank').trim();

/** As in search engines: 1 changes nothing, and less than 1 makes it count less. */
export const ToolBoost = z.number().min(0.1).max(3);

export const ToolTuning = z.object({
  toolSlug: z.string(),
  toolkit: z.string(),
  aliases: z.array(z.string()),
  boost: z.number(),
  updatedAt: z.string(),
});
export type ToolTuning = z.infer<typeof ToolTuning>;

const ToolKey = { ...OfProject, toolSlug: ToolSlug };

/** By toolkit and slug. */
export const listToolTunings = defineRequest(
  'tools.tunings.list',
  z.strictObject({ ...OfProject, toolkit: ToolkitSlug.optional(), ...PageRequest }),
  pageOf(ToolTuning),
);
/** `not_found` for a tool of which nothing is said. */
export const getToolTuning = defineRequest('tools.tunings.get', z.strictObject(ToolKey), ToolTuning);
/** In the place of what was said before. Searches of the project follow at once, on every replica. */
export const setToolTuning = defineRequest(
  'tools.tunings.set',
  z.strictObject({
    ...ToolKey,
    aliases: z.array(ToolAlias).max(ALIASES_AT_MOST).default([]),
    boost: ToolBoost.default(1),
  }),
  ToolTuning,
);
export const deleteToolTuning = defineRequest(
  'tools.tunings.delete',
  z.strictObject(ToolKey),
  z.object({ toolSlug: z.string() }),
);

/** What a project says of one of its tools was changed. */
export const toolTuningChanged = defineEvent(
  'events.tools.tuning.changed',
  z.object({ projectId: z.string(), toolSlug: z.string() }),
);
