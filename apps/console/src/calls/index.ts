export { CallsPage } from './calls.page.js';
