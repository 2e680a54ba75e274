export { wireErrorFor } from './error-table.js';
export { ErrorsModule } from './errors.module.js';
