export { ProjectToolkit, ProjectToolkitVersion } from './project-toolkit.entity.js';
export { ProjectToolkitCatalogues } from './project-toolkit.catalogues.js';
export { ProjectToolkitsModule } from './project-toolkits.module.js';
