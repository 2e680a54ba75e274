export { useLiveCalls, type Call, type CallFilter, type LiveState } from './live.js';
