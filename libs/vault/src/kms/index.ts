export { kmsSettings } from './kms.settings.js';
export { areWrapped, unwrapSettings } from './unwrap-settings.js';
