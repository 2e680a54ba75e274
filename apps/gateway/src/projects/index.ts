export { ProjectsModule } from './projects.module.js';
export { presentProject } from './project.presenter.js';
