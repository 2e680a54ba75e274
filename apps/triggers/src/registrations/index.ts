export { columns } from './columns.js';
export { HooksStore } from './hooks.store.js';
export { GATHER_SECONDS, InstanceStates } from './instance-states.service.js';
export { RegistrationsModule } from './registrations.module.js';
export { RegistrationsService } from './registrations.service.js';
export { TriggerHook } from './trigger-hook.entity.js';
export { TriggerInstance } from './trigger-instance.entity.js';
