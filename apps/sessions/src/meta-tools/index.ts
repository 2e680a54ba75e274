export { MetaToolsModule } from './meta-tools.module.js';
