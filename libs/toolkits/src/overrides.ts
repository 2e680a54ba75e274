import { readFileSync } from 'node:fs';
import { parse, YAMLParseError } from 'yaml';
import { z } from 'zod';
import type { AuthSpec } from './auth-spec.js';
import type { ToolkitProgram } from './program.js';
import { withChanges } from './shipped.js';
import type { ToolkitSpec } from './toolkit.js';

const HttpUrl = z.url({ protocol: /^https?$/ });

const Override = z.strictObject({
  /** A GitHub Enterprise, an emulator, a private API. */
  base_url: HttpUrl.optional(),
  /** The operator's own OAuth app: with it, the toolkit's accounts are managed. */
  oauth2: z
    .strictObject({
      client_id: z.string().min(1).optional(),
      client_secret: z.string().min(1).optional(),
      authorization_url: HttpUrl.optional(),
      token_url: HttpUrl.optional(),
      scopes: z.array(z.string()).optional(),
    })
    .optional(),
});
const Overrides = z.record(z.string(), Override.nullable());

export interface OAuthApp {
  clientId: string;
  clientSecret: string | undefined;
}

/** A toolkit as this installation offers it. */
export interface InstalledToolkit extends ToolkitSpec {
  /** The operator's OAuth app, when there is one: users can then connect without an app of the developer's. */
  managedApp?: OAuthApp;
  /** The project that added it for itself; absent for what every project has. */
  addedBy?: string;
  /** It ships as a vendor's MCP server, and is as that project has read it. */
  isVendors?: true;
  /** Its tools are those of an MCP server that is a program, run in a sandbox. */
  program?: ToolkitProgram;
  /** All that can be asked for, newest first, where there are several. */
  availableVersions?: string[];
}

/**
 * Reads the operator's overrides (`PATCHBAY_TOOLKIT_OVERRIDES`).
 * @throws Error naming the place in the file and what is wrong there, without its values
 */
export function readOverrides(file: string | undefined): z.infer<typeof Overrides> {
  if (!file) return {};
  let content: unknown;
  try {
    content = parse(readFileSync(file, 'utf8'));
  } catch (error) {
    // Without the error itself as cause: a YAML error quotes the line, and with it its secrets.
    throw new Error(`PATCHBAY_TOOLKIT_OVERRIDES: ${file} cannot be read: ${reasonOf(error)}`);
  }
  const parsed = Overrides.safeParse(content ?? {});
  if (parsed.success) return parsed.data;
  const places = parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`);
  throw new Error(`PATCHBAY_TOOLKIT_OVERRIDES: ${file}: ${places.join('; ')}`);
}

function reasonOf(error: unknown): string {
  if (!(error instanceof YAMLParseError)) return (error as { code?: string }).code ?? 'unknown';
  const [at] = error.linePos ?? [];
  return at ? `it is not valid YAML at line ${at.line}, column ${at.col}` : 'it is not valid YAML';
}

/** Puts the operator's overrides over a catalogue. An override for an unknown toolkit is an error: a typing slip. */
export function applyOverrides(
  toolkits: readonly ToolkitSpec[],
  overrides: z.infer<typeof Overrides>,
): InstalledToolkit[] {
  const slugs = new Set(toolkits.map(({ slug }) => slug));
  const unknown = Object.keys(overrides).filter((slug) => !slugs.has(slug));
  if (unknown.length > 0) {
    throw new Error(`PATCHBAY_TOOLKIT_OVERRIDES names toolkits that do not exist: ${unknown.join(', ')}`);
  }
  return toolkits.map((toolkit) => applyOverride(toolkit, overrides[toolkit.slug] ?? {}));
}

function applyOverride(toolkit: ToolkitSpec, override: z.infer<typeof Override>): InstalledToolkit {
  const { base_url: baseUrl, oauth2 } = override;
  const auth = baseUrl ? toolkit.auth?.map(atTheToolkitsAddress) : toolkit.auth;
  const installed: InstalledToolkit = withChanges(toolkit, {
    ...(baseUrl && { baseUrl }),
    ...(auth && { auth }),
  });
  if (!oauth2) return installed;
  const { client_id: clientId, client_secret: clientSecret, ...addresses } = oauth2;
  if (toolkit.server?.auth.some(({ scheme }) => scheme === 'OAUTH2') && clientId) {
    if (Object.keys(addresses).length > 0)
      throw new Error(
        `PATCHBAY_TOOLKIT_OVERRIDES: ${toolkit.slug} is an MCP server, which says itself where users sign in: give it an app, and no ${Object.keys(addresses).join(', ')}`,
      );
    return { ...installed, managedApp: { clientId, clientSecret } };
  }
  const spec = auth?.find(({ scheme }) => scheme === 'OAUTH2');
  if (!spec)
    throw new Error(`PATCHBAY_TOOLKIT_OVERRIDES: ${toolkit.slug} has no OAuth 2.0, yet has oauth2 settings`);
  const changed = {
    ...spec,
    ...(oauth2.authorization_url && { authorizationUrl: oauth2.authorization_url }),
    ...(oauth2.token_url && { tokenUrl: oauth2.token_url }),
    ...(oauth2.scopes && { scopes: oauth2.scopes }),
  };
  installed.auth = auth?.map((other) => (other === spec ? changed : other));
  if (clientId) installed.managedApp = { clientId, clientSecret };
  return installed;
}

/** Where the operator says that the API is, it is for accounts of every scheme. */
function atTheToolkitsAddress(spec: AuthSpec): AuthSpec {
  const { baseUrl: _, lookup: __, ...rest } = spec;
  return rest;
}
