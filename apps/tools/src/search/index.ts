export { ProjectTunings } from './project-tunings.service.js';
export { SearchModule } from './search.module.js';
export { SearchService } from './search.service.js';
export { ToolTuningRow } from './tool-tuning.entity.js';
