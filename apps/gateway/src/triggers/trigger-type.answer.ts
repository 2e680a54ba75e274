import { z } from 'zod';

const schema = z.record(z.string(), z.unknown());

/** What trigger types answer on the wire (docs/triggers.md). */
export const TriggerTypeAnswer = z
  .object({
    slug: z.string(),
    name: z.string(),
    description: z.string(),
    instructions: z.string().describe('What has to be so at the provider, for the developer.'),
    type: z.enum(['webhook', 'poll']).describe('How its events come in here.'),
    toolkit: z.object({ slug: z.string(), name: z.string(), logo: z.string() }),
    config: schema.describe('The settings of an instance, as JSON Schema.'),
    payload: schema.describe('What an event carries, as JSON Schema.'),
    version: z.string(),
    requires_webhook_endpoint_setup: z
      .boolean()
      .describe('Whether the OAuth app needs a webhook endpoint before instances can be made.'),
    is_available: z
      .boolean()
      .describe('False: it comes by webhooks alone, and no provider reaches this installation.'),
  })
  .meta({ id: 'TriggerType', description: 'A kind of event that a toolkit can tell of.' });
