export { KeyringModule } from './keyring.module.js';
export { KeyringService } from './keyring.service.js';
export { TransferKey } from './transfer-key.entity.js';
