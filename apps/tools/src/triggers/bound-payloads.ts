import { momentOf, type TriggerEvent } from '@patchbay/toolkits';
import { AppError, type TriggerCursor, type TriggerEventFound } from '@patchbay/contracts';
import { clip, sizeOf } from '../calls/index.js';

/** Bytes of JSON of one event. */
const MAX_EVENT_BYTES = 256 * 1024;
/** Of all events of an answer: below what a message may have. */
const MAX_ALL_BYTES = 4 * 1024 * 1024;
/** Of where a poll has got to, which goes to and fro with each: twice what the longest of ours has. */
const MAX_CURSOR_BYTES = 1024 * 1024;
/** Room for the words about what was clipped. */
const ABOUT_BYTES = 200;

/** Events as they go on: each with a payload that a message can bear, in short where the provider's is longer. */
export function boundPayloads(events: readonly TriggerEvent[]): TriggerEventFound[] {
  const most = Math.min(MAX_EVENT_BYTES, Math.floor(MAX_ALL_BYTES / Math.max(events.length, 1)));
  return events.map(({ id, at, payload }) => ({
    id: id.slice(0, 500),
    at: momentOf(at),
    payload: bounded(payload, most),
  }));
}

/**
 * A cursor as it is: cut short it would tell events twice, or never.
 * @throws AppError `provider_refused`, so that where the instance stands stays as it was, and one that goes on so is disabled
 */
export function requireShortCursor(cursor: TriggerCursor): TriggerCursor {
  const bytes = sizeOf(cursor);
  if (bytes <= MAX_CURSOR_BYTES) return cursor;
  throw new AppError(
    'provider_refused',
    `What is watched is too much to be remembered: ${bytes} bytes, of ${MAX_CURSOR_BYTES} at most.`,
    { suggestion: 'Narrow the settings of the trigger, so that it watches less.' },
  );
}

function bounded(payload: Record<string, unknown>, most: number): Record<string, unknown> {
  const bytes = sizeOf(payload);
  if (bytes <= most) return payload;
  const note = 'The event is longer than can be passed on: it is here in short.';
  return { ...clip(payload, most - ABOUT_BYTES), clipped_payload: { bytes, note } };
}
