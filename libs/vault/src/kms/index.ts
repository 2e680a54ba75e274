export { kmsSettings } from './kms.settings.js';
export { areWrapped, unwrapSettings, unwrapSettingsOfProgram } from './unwrap-settings.js';
