export { ArgumentGenerationModule } from './argument-generation.module.js';
