export { kmsSettings } from './kms.settings.js';
export {
  areWrapped,
  KEY_RING_SETTINGS,
  unwrapSettings,
  unwrapSettingsOfProgram,
  unwrapSettingsOfService,
} from './unwrap-settings.js';
