export { encryptionKeysSetting } from './encryption-keys.setting.js';
export { formatKeyRing, parseKeyRing, type KeyRing } from './key-ring.js';
export {
  areWrapped,
  KEY_RING_SETTINGS,
  kmsSettings,
  unwrapSettings,
  unwrapSettingsOfProgram,
  unwrapSettingsOfService,
} from './kms/index.js';
export { warnOfMissingKeys } from './missing-keys.js';
export { resealCommand, type SealedPlace } from './reseal.js';
export { SealingVault, type SealOwner } from './sealing.vault.js';
export { hashToken, newSecretToken } from './secret-token.js';
