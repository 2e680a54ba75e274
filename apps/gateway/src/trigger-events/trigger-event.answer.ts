import { WebhookEventType } from '@patchbay/contracts';
import { z } from 'zod';

/* What the stored events answer on the wire (docs/triggers.md). */

const ofTrigger = z.string().nullable();

const event = {
  id: z.string().describe('`log_…`, as `Last-Event-ID` and in `metadata` of what is posted.'),
  type: WebhookEventType,
  timestamp: z.string().describe('When it happened: by the provider’s clock, where it says.'),
  stored_at: z.string(),
  trigger_id: ofTrigger.describe('Null, as what follows, for an event that no trigger saw.'),
  trigger_slug: ofTrigger,
  toolkit_slug: ofTrigger,
  connected_account_id: ofTrigger,
  auth_config_id: ofTrigger,
  user_id: ofTrigger,
  is_clipped: z.boolean().describe('Its data was too large, and its texts are cut.'),
};

export const TriggerEventAnswer = z
  .object(event)
  .meta({ id: 'TriggerEvent', description: 'Something that a trigger saw, or that the platform tells.' });

export const TriggerEventsAnswer = z.object({
  items: z.array(TriggerEventAnswer),
  next_cursor: z.string().nullable().describe('The `cursor` of the next page; null on the last one.'),
});

export const TriggerEventDetailAnswer = z
  .object({
    ...event,
    metadata: z
      .record(z.string(), z.unknown())
      .describe('As version V3 tells it of an event that no trigger saw.'),
    data: z.record(z.string(), z.unknown()),
  })
  .meta({ id: 'TriggerEventDetail', description: 'An event with what it holds.' });
