import type { AuthField, Toolkit, ToolkitAuth, ToolkitQuality } from '@patchbay/contracts';
import type { z } from 'zod';
import type { ToolkitAnswer, ToolkitItemAnswer } from './catalogue.answer.js';

/** A toolkit in a list (docs/api/toolkits.md#a-toolkit). */
export function presentToolkitItem(toolkit: Toolkit): z.output<typeof ToolkitItemAnswer> {
  return {
    ...presentCommon(toolkit),
    auth_schemes: toolkit.auth.length > 0 ? toolkit.auth.map(({ scheme }) => scheme) : ['NO_AUTH'],
    no_auth: toolkit.auth.length === 0,
    deprecated: { toolkitId: toolkit.slug },
    meta: { ...presentMeta(toolkit), categories: toolkit.categories.map((name) => ({ id: name, name })) },
  };
}

/** A toolkit by itself: its categories carry a slug where the list's carry an id. */
export function presentToolkit(toolkit: Toolkit): z.output<typeof ToolkitAnswer> {
  return {
    ...presentCommon(toolkit),
    enabled: true,
    ...(toolkit.baseUrl && { base_url: toolkit.baseUrl }),
    composio_managed_auth: toolkit.managedAuthSchemes.map((mode) => ({ mode, scopes: { available: [] } })),
    auth_config_details: toolkit.auth.map(presentAuth),
    deprecated: { toolkitId: toolkit.slug, rawProxyInfoByAuthSchemes: [] },
    meta: {
      ...presentMeta(toolkit),
      available_versions: toolkit.availableVersions ?? [toolkit.version],
      categories: toolkit.categories.map((name) => ({ slug: name, name })),
    },
  };
}

function presentAuth({ scheme, configFields, connectionFields, helpUrl }: ToolkitAuth) {
  return {
    mode: scheme,
    name: scheme,
    fields: {
      auth_config_creation: presentFields(configFields),
      connected_account_initiation: presentFields(connectionFields),
    },
    ...(helpUrl && { auth_hint_url: helpUrl }),
  };
}

function presentFields(fields: AuthField[]) {
  const present = (field: AuthField) => ({
    name: field.name,
    displayName: field.displayName,
    type: 'string' as const,
    description: field.description,
    required: field.required,
    default: field.default,
    is_secret: field.secret,
    ...(field.choices && { choices: field.choices }),
  });
  return {
    required: fields.filter(({ required }) => required).map(present),
    optional: fields.filter(({ required }) => !required).map(present),
  };
}

function presentCommon({ slug, name, isCustom, managedAuthSchemes, quality, awaitsAccount }: Toolkit) {
  return {
    slug,
    name,
    type: isCustom ? ('custom' as const) : ('native' as const),
    is_local_toolkit: false as const,
    composio_managed_auth_schemes: managedAuthSchemes,
    ...(quality && { quality: presentQuality(quality) }),
    ...(awaitsAccount && { awaits_account: true as const }),
  };
}

function presentQuality({ grade, triedOn, source }: ToolkitQuality) {
  return {
    grade,
    tried: triedOn !== null,
    tried_on: triedOn,
    source: source?.from ?? null,
    source_read_on: source?.readOn || null,
  };
}

function presentMeta({ description, logo, toolCount, triggerCount = 0, version }: Toolkit) {
  const released = releaseDate(version);
  return {
    created_at: released,
    updated_at: released,
    description,
    logo,
    triggers_count: triggerCount,
    tools_count: toolCount,
    version,
  };
}

/** The date in a version such as `20261122_00`. */
function releaseDate(version: string): string {
  return new Date(version.replace(/^(\d{4})(\d{2})(\d{2}).*/, '$1-$2-$3')).toISOString();
}
