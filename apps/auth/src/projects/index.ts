export { ApiKey } from './api-key.entity.js';
export { Project } from './project.entity.js';
export { ProjectsModule } from './projects.module.js';
export { ProjectsService } from './projects.service.js';
export { RevokedKey } from './revoked-key.entity.js';
