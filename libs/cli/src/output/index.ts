export { clean, oneLine } from './clean.js';
export { Output, type Fields } from './output.js';
