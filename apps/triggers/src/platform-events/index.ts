export { PlatformEventsModule } from './platform-events.module.js';
