export { SearchTuningModule } from './search-tuning.module.js';
