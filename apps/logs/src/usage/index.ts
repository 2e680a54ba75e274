export { SessionUsage, Usage, UsageByDay, UsageByTool } from './usage.entity.js';
export { UsageModule } from './usage.module.js';
