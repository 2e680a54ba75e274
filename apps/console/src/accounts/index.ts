export { AccountsPage } from './accounts.page.js';
