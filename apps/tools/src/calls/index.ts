export { CallPipeline, type CallAccess, type CallTarget } from './call.pipeline.js';
export { CallsModule } from './calls.module.js';
export { providerDeadline, toCall } from './call.js';
export { clip, sizeOf } from './clip.js';
