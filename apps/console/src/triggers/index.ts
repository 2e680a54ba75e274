export { TriggersPage } from './triggers.page.js';
