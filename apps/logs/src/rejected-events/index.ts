export { RejectedEvent } from './rejected-event.entity.js';
export { RejectedEventsModule } from './rejected-events.module.js';
