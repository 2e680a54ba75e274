export { withPostgres as default } from '../../vitest.preset.js';
