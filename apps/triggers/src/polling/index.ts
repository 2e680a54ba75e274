export { PollingModule } from './polling.module.js';
export { pollingSettings } from './polling.settings.js';
