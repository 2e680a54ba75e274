export { RecordedEvent } from './recorded-event.entity.js';
export { TimelineModule } from './timeline.module.js';
