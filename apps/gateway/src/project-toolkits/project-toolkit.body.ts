import {
  AppError,
  HttpUrl,
  idSchema,
  KEY_PLACE,
  ToolkitName,
  ToolkitSlug,
  ToolkitSource,
} from '@patchbay/contracts';
import { z } from 'zod';

/*
 * The bodies of a project's toolkits on the wire (docs/toolkits.md#toolkits-of-a-projects-own): our own, with a source of any
 * kind, and the official SDK's, of an MCP server. What the values may be is checked by the domain's own schema.
 */

/** An OpenAPI document says by itself where its API is; `base_url` is for those that do not. */
const [OpenApiSource, McpSource, RegistrySource, ProgramSource] = ToolkitSource.options;
const SourceBody = z.discriminatedUnion('type', [
  OpenApiSource.extend({ base_url: OpenApiSource.shape.baseUrl }).transform(
    ({ base_url: baseUrl, ...source }) => ({ ...source, ...(baseUrl && { baseUrl }) }),
  ),
  McpSource,
  RegistrySource,
  ProgramSource,
]);

const AuthScheme = z.discriminatedUnion('mode', [
  z.strictObject({ mode: z.literal('NO_AUTH') }),
  z.strictObject({
    mode: z.literal('API_KEY'),
    /** `{{generic_api_key}}` stands for the user's key. */
    headers: z.record(z.string(), z.string()),
    api_key_field: z
      .strictObject({
        display_name: z.string().min(1).max(100).optional(),
        description: z.string().min(1).max(500).optional(),
      })
      .optional(),
  }),
  z.strictObject({ mode: z.enum(['DCR_OAUTH', 'CIMD_OAUTH']), discovery_url: HttpUrl }),
]);
type AuthScheme = z.output<typeof AuthScheme>;

const ToolkitConfig = z.strictObject({
  name: ToolkitName,
  app_url: HttpUrl,
  logo_file: z
    .strictObject({ content: z.string(), mime_type: z.enum(['image/png', 'image/jpeg']) })
    .optional(),
  auth_schemes: z.array(AuthScheme).min(1).max(3),
});

export const UpsertBody = z
  .strictObject({
    slug: ToolkitSlug,
    name: ToolkitName.optional(),
    source: SourceBody.optional(),
    approve: z.boolean().optional(),
    toolkit_config: ToolkitConfig.optional(),
  })
  .superRefine(({ source, toolkit_config: config, name }, context) => {
    const issue = (path: string, message: string) =>
      context.addIssue({ code: 'custom', path: [path], message });
    if (!source && !config) issue('source', 'is required, or toolkit_config');
    if (source && config) issue('toolkit_config', 'cannot be given with source');
    if (config && name !== undefined) issue('name', 'is toolkit_config.name');
  });
export type UpsertBody = z.output<typeof UpsertBody>;

export const SyncBody = z.strictObject({
  slug: ToolkitSlug,
  connected_account_id: idSchema('connection').optional(),
});
export type SyncBody = z.output<typeof SyncBody>;

/** In the domain's words. */
export function toUpsert({ toolkit_config: config, slug, ...own }: UpsertBody) {
  if (!config) return { slug, ...own };
  const { name, app_url: url, logo_file: logo, auth_schemes: schemes } = config;
  const fixed = Object.assign({}, ...schemes.map(fixedHeaders)) as Record<string, string>;
  return {
    slug: toSlug(slug),
    name,
    approve: own.approve,
    source: { type: 'mcp', url, ...(Object.keys(fixed).length > 0 && { headers: fixed }) },
    auth: schemes.map(toDeclared),
    ...(logo && { logo: `data:${logo.mime_type};base64,${logo.content}` }),
  };
}

/** Our own error names the fields as they were sent. */
export async function inBodyNames<T>(
  { toolkit_config: config }: UpsertBody,
  work: () => Promise<T>,
): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!config || !(error instanceof AppError) || !error.issues) throw error;
    const issues = error.issues.map((issue) =>
      issue
        .replace(/^(source\.headers|auth\.\d+|auth)\b/, 'toolkit_config.auth_schemes')
        .replace(/^source\.url/, 'toolkit_config.app_url')
        .replace(/^logo\b/, 'toolkit_config.logo_file')
        .replace(/^name\b/, 'toolkit_config.name'),
    );
    const { code, message, suggestion, retryable } = error;
    throw new AppError(code, message, { suggestion, issues, retryable, cause: error });
  }
}

/** Under a prefix of its own, as the SDK expects it, so that it never takes the name of a toolkit that ships. */
function toSlug(given: string): string {
  const slug = given.trim().toLowerCase().replaceAll(/\s/g, '_');
  return slug.startsWith('custom_') ? slug : `custom_${slug}`;
}

/** Headers without the user's key are the same for every user: kept sealed, as the source's own are. */
function fixedHeaders(scheme: AuthScheme): Record<string, string> {
  return scheme.mode === 'API_KEY' ? headersWhere(scheme.headers, (value) => !value.includes(KEY_PLACE)) : {};
}

function toDeclared(scheme: AuthScheme) {
  if (scheme.mode === 'NO_AUTH') return { scheme: scheme.mode };
  if (scheme.mode !== 'API_KEY') return { scheme: scheme.mode, discoveryUrl: scheme.discovery_url };
  const { display_name: displayName, description } = scheme.api_key_field ?? {};
  return {
    scheme: scheme.mode,
    headers: headersWhere(scheme.headers, (value) => value.includes(KEY_PLACE)),
    ...(displayName && { displayName }),
    ...(description && { description }),
  };
}

function headersWhere(headers: Record<string, string>, wanted: (value: string) => boolean) {
  return Object.fromEntries(Object.entries(headers).filter(([, value]) => wanted(value)));
}
