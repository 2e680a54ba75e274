export { formatKeyRing, parseKeyRing } from './key-ring.js';
export { resealAll } from './reseal.js';
export { hashToken, newSecretToken } from './secret-token.js';
export { VaultModule } from './vault.module.js';
export { Vault } from './vault.service.js';
