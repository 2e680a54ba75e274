export { ActivityModule } from './activity.module.js';
export { CallTimes } from './call-times.entity.js';
