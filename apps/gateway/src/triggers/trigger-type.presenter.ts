import type { TriggerType } from '@patchbay/contracts';

export function presentTriggerType(type: TriggerType) {
  const { slug, name, description, instructions, mechanism, toolkit, config, payload, version } = type;
  return {
    slug,
    name,
    description,
    instructions,
    type: mechanism,
    toolkit: { slug: toolkit.slug, name: toolkit.name, logo: toolkit.logo },
    config,
    payload,
    version,
    requires_webhook_endpoint_setup: mechanism === 'webhook' && type.webhookModel === 'app',
    is_available: type.servable,
  };
}
