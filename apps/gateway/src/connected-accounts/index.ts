export { SessionLinkAnswer } from './connected-account.answer.js';
export { AccountExperimental } from './connected-account.body.js';
export { presentAccountType } from './connected-account.presenter.js';
export { ConnectedAccountsModule } from './connected-accounts.module.js';
