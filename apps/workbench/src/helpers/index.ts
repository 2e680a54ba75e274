export type { CurrentRun } from './helper.caller.js';
export { HelpersModule } from './helpers.module.js';
export { HelpersService } from './helpers.service.js';
