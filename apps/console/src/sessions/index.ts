export { MakeSession } from './make-session.js';
export { SessionPage } from './session.page.js';
export { SessionsPage } from './sessions.page.js';
