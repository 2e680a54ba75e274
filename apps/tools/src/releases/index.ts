export { ReleasesModule } from './releases.module.js';
export { ReleasesService } from './releases.service.js';
export { ToolkitContent, ToolkitRelease } from './toolkit-release.entity.js';
