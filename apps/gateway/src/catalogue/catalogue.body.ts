import { z } from 'zod';
import { AuthScheme, idSchema, ToolVersions } from '@patchbay/contracts';
import {
  bodyCursor,
  bodyLimit,
  pageQuery,
  queryBoolean,
  queryList,
  queryListOf,
  queryWith,
} from '../http/index.js';

const MOST = 1000;
const ToolkitFilters = {
  search: z.string().min(3).max(200).optional(),
  category: z.string().max(100).optional(),
  managed_by: z.enum(['composio', 'all', 'project']).optional(),
  type: z.enum(['native', 'custom', 'all']).optional(),
  sort_by: z.enum(['usage', 'alphabetically']).optional(),
};
export const ToolkitsQuery = z.object({ ...pageQuery(MOST), ...ToolkitFilters });
export const ToolkitsBody = z.object({
  limit: bodyLimit(MOST),
  cursor: bodyCursor,
  ...ToolkitFilters,
  toolkits: z.array(z.string().min(1).max(100)).max(1000).optional(),
});

/** Where the operator manages, the contract says `composio`; what a project added is managed by it. */
export function toToolkitFilters(given: z.output<typeof ToolkitsBody>) {
  const { limit, cursor, search, category, managed_by: managedBy, type, sort_by: sortBy, toolkits } = given;
  const kind = managedBy === 'project' ? 'custom' : type === 'all' ? undefined : type;
  return {
    limit,
    cursor: cursor ?? undefined,
    search,
    category,
    kind,
    managedOnly: managedBy === 'composio',
    ...(sortBy === 'alphabetically' && { sortBy: 'name' as const }),
    ...(toolkits && { slugs: toolkits }),
  };
}

const Version = z.string().min(1).max(50);

export const ToolkitQuery = z.object({ version: Version.optional() });

export const ToolsQuery = queryWith('toolkit_versions', {
  ...pageQuery(1000),
  toolkit_slug: queryList,
  tool_slugs: queryList,
  auth_config_ids: queryListOf(z.array(idSchema('authConfig'))),
  tags: queryList,
  scopes: queryList,
  important: z.string().optional(),
  include_deprecated: queryBoolean,
  search: z.string().max(1024).optional(),
  query: z.string().max(1024).optional(),
  explain: queryBoolean.describe(
    'With `query`: the answer says in `explanation` what each tool was found by.',
  ),
  toolkit_versions: ToolVersions.optional(),
});

export const ToolQuery = queryWith('toolkit_versions', {
  version: Version.optional(),
  toolkit_versions: ToolVersions.optional(),
});

const Scopes = z.array(z.string().min(1).max(500)).max(200).optional();

/** A field that is not known could be meant to narrow what is asked for. */
export const RecommendScopesBody = z
  .strictObject({
    tools: z.array(z.string().min(1).max(200)).max(1000),
    auth_scheme: AuthScheme.optional(),
    toolkit_version: Version.optional(),
    grant_context: z
      .strictObject({}, { error: 'must be empty: no scope here depends on a grant context' })
      .optional(),
    include: Scopes,
    exclude: Scopes,
    available_scopes: Scopes,
  })
  .transform(({ tools, auth_scheme: scheme, toolkit_version: version, include, exclude, ...rest }) => ({
    tools,
    scheme,
    version,
    include,
    exclude,
    available: rest.available_scopes,
  }));
export type RecommendScopesBody = z.output<typeof RecommendScopesBody>;

export const GrantContextQuery = z.object({
  auth_scheme: AuthScheme.optional(),
  toolkit_version: Version.optional(),
});

export const ScopesBody = z.object({
  tools: z.array(z.string().min(1).max(200)).min(1).max(500),
  version: Version.optional(),
});
