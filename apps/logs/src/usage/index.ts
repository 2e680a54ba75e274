export { SessionUsage, Usage, UsageByDay } from './usage.entity.js';
export { UsageModule } from './usage.module.js';
