export { TriggerEventFeed } from './trigger-event.feed.js';
export type { PresentedEvent } from './trigger-event.reader.js';
export { TriggerEventsModule } from './trigger-events.module.js';
