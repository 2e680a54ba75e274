export { Checkpoints } from './checkpoints.service.js';
export { LEASE_SECONDS, Leases } from './leases.service.js';
export type { LiveWorkspace } from './live.workspace.js';
export { SandboxSlots, shareOf } from './sandbox-slots.js';
export { Workspace } from './workspace.entity.js';
export { WorkspacesModule } from './workspaces.module.js';
export { RunsElsewhere, WorkspacesService } from './workspaces.service.js';
