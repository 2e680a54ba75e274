export { AllowedCall } from './allowed-call.entity.js';
export { ExposedToolsService } from './exposed-tools.service.js';
export { Session } from './session.entity.js';
export { SessionVersion } from './session-version.entity.js';
export { SessionsModule } from './sessions.module.js';
export { RememberedSessions } from './remembered-sessions.service.js';
export { SessionsService } from './sessions.service.js';
