export { ERROR_TABLE, wireErrorFor, type WireError } from './error-table.js';
export { ErrorsModule } from './errors.module.js';
