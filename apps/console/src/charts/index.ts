export { Chart, type Series } from './chart.js';
