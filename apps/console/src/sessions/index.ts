export { SessionPage } from './session.page.js';
export { SessionsPage } from './sessions.page.js';
