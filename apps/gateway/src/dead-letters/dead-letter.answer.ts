import { DEAD_LETTER_SERVICES, DeadLetter } from '@patchbay/contracts';
import { z } from 'zod';

export const DeadLetterAnswer = DeadLetter.omit({ eventId: true, isWhole: true, setAsideAt: true })
  .extend({ event_id: z.string(), can_be_resent: z.boolean(), set_aside_at: z.string() })
  .meta({ id: 'DeadLetter', description: 'An event that was set aside, with the reason.' });

export const DeadLettersAnswer = z.object({
  items: z.array(DeadLetterAnswer),
  total_items: z.int(),
  next_cursor: z.string().nullable(),
});

export const DeadLetterCountsAnswer = z.object({
  items: z.array(
    z.object({
      service: z.enum(DEAD_LETTER_SERVICES),
      total: z.int().nullable().describe('Null of a service that does not answer.'),
    }),
  ),
});

export const HandledLetterAnswer = z.object({ id: z.string() });
