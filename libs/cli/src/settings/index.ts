export {
  callerOf,
  credentialOf,
  isInTheClear,
  isLoopback,
  keyFor,
  type Caller,
  type Key,
  type Purpose,
  type Where,
} from './caller.js';
export { ConfigFile, configPath, DEFAULT_PROFILE, type KeyKind, type Profile } from './config-file.js';
