export { eventColumns, toTriggerEvent, type EventRow } from './events.reader.js';
export { EventsModule } from './events.module.js';
export { EventsService, type Accepted, type EventSource, type ProviderEvent } from './events.service.js';
export { TriggerEvent } from './trigger-event.entity.js';
