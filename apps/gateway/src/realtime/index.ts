export { opensRealtime } from './realtime-address.js';
export { RealtimeModule } from './realtime.module.js';
export { RealtimeService } from './realtime.service.js';
