export { SEALED_PLACES } from './sealed-places.js';
export { VaultModule } from './vault.module.js';
export { Vault } from './vault.service.js';
