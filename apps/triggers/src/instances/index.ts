export { InstancesModule } from './instances.module.js';
