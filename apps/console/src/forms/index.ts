export { SchemaForm } from './schema-form.js';
