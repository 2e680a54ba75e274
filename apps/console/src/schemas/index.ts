export { SchemaTable } from './schema-table.js';
