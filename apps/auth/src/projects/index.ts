export { ApiKey } from './api-key.entity.js';
export { Project } from './project.entity.js';
export { hashKey, hintOf, newKey } from './api-key.js';
export { ApiKeysService } from './api-keys.service.js';
export { bySetting, REVOKED_SETTING } from './by-setting.js';
export { ProjectsModule } from './projects.module.js';
export { ProjectsService } from './projects.service.js';
export { RevokedKey } from './revoked-key.entity.js';
export { isRevoked, rememberRevoked } from './revoked-keys.js';
