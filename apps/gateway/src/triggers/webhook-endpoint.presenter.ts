import { endpointPath, type WebhookEndpoint, type WebhookSetupField } from '@patchbay/contracts';

export function presentEndpoint(
  { id, toolkit, clientId, data, createdAt }: WebhookEndpoint,
  publicUrl: string,
) {
  return {
    id,
    toolkit_slug: toolkit,
    client_id: clientId,
    webhook_url: `${publicUrl}${endpointPath(toolkit, id)}`,
    data,
    created_at: createdAt,
  };
}

export function presentSetupFields(fields: Readonly<Record<string, WebhookSetupField>>) {
  return Object.fromEntries(
    Object.entries(fields).map(([name, { displayName, description, required, secret }]) => [
      name,
      { display_name: displayName, description, is_required: required, is_secret: secret },
    ]),
  );
}
