export { BY_THEMSELVES, REASONS, stateOf, type Trigger } from './trigger-states.js';
