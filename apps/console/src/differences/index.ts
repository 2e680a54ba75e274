export { type Difference } from './differences.js';
export { Differences } from './view.js';
