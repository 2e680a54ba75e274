export { oneLine } from './one-line.js';
