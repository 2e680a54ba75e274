export { JsonView } from './json.js';
