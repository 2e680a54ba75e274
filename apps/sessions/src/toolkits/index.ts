export { ACCOUNT_STATUSES, OwnedAccountsService } from './owned-accounts.service.js';
export { SessionAccountsService } from './session-accounts.service.js';
export { SessionToolkitsService } from './session-toolkits.service.js';
export { ToolkitsModule } from './toolkits.module.js';
