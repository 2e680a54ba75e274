import { z } from 'zod';

/* What webhook endpoints answer on the wire (docs/triggers.md). */

const identity = {
  id: z.string(),
  toolkit_slug: z.string(),
  client_id: z.string().nullable().describe('Of the OAuth app that posts here.'),
};

export const WebhookEndpointAnswer = z
  .object({
    ...identity,
    webhook_url: z.string().describe('What is entered at the provider. It does not change.'),
    data: z.record(z.string(), z.string()).nullable().describe('What was given, secrets masked.'),
    created_at: z.string(),
  })
  .meta({ id: 'WebhookEndpoint', description: 'Where the webhooks of one OAuth app of a provider come in.' });

export const WebhookEndpointsAnswer = z.object({ items: z.array(z.object(identity)) });
export const DeletedEndpointAnswer = z.object({ id: z.string(), success: z.literal(true) });
export const WebhookSetupAnswer = z.object({
  toolkit_slug: z.string(),
  setup_fields: z.record(
    z.string(),
    z.object({
      display_name: z.string(),
      description: z.string(),
      is_required: z.boolean(),
      is_secret: z.boolean(),
    }),
  ),
});
