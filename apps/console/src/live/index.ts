export { useLiveCalls, useLiveEvents, type Call, type CallFilter, type TriggerEvent } from './live.js';
export { LiveWord } from './live-word.js';
