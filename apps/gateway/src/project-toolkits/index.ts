export { ProjectToolkitsModule } from './project-toolkits.module.js';
