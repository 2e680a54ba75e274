import type { RegistryField, RegistryServer, RegistryServerSummary } from '@patchbay/contracts';
import type { z } from 'zod';
import type { RegistryServerAnswer, RegistryServerItemAnswer } from './mcp-registry.answer.js';

export function presentRegistryItem({
  statusMessage,
  websiteUrl,
  repositoryUrl,
  updatedAt,
  ...rest
}: RegistryServerSummary): z.output<typeof RegistryServerItemAnswer> {
  return {
    ...rest,
    status_message: statusMessage,
    website_url: websiteUrl,
    repository_url: repositoryUrl,
    updated_at: updatedAt,
  };
}

export function presentRegistryServer({
  suggestedSlug,
  remotes,
  packages,
  ...summary
}: RegistryServer): z.output<typeof RegistryServerAnswer> {
  return {
    ...presentRegistryItem(summary),
    suggested_slug: suggestedSlug,
    remotes: remotes.map(({ fields, ...remote }) => ({ ...remote, fields: fields.map(presentField) })),
    packages: packages.map(({ registryType, fields, ...one }) => ({
      registry_type: registryType,
      ...one,
      fields: fields.map(presentField),
    })),
  };
}

function presentField({ displayName, secret, isForAll, choices, ...rest }: RegistryField) {
  return {
    ...rest,
    display_name: displayName,
    is_secret: secret,
    is_for_all: isForAll,
    ...(choices && { choices }),
  };
}
