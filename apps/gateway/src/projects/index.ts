export { ProjectsModule } from './projects.module.js';
export { ProjectAnswer, StatusAnswer } from './project.answer.js';
export { presentProject } from './project.presenter.js';
