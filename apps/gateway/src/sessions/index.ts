export { CustomToolsExperimental } from './custom-tools.body.js';
export { SessionRequests } from './session-requests.service.js';
export { SessionSnapshots } from './session-snapshots.service.js';
export { inWireNames } from './session.issues.js';
export { SessionsModule } from './sessions.module.js';
