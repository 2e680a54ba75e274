export type { ToolCall, ToolOutcome } from './call.js';
export { CallsModule } from './calls.module.js';
export { CallsService, MULTI_EXECUTE } from './calls.service.js';
