export { AgentClient } from './agent.client.js';
export { BOOT_PROGRAM, firstLine } from './agent-source.js';
export {
  CellAnswer,
  CommandAnswer,
  Done,
  Listing,
  MAX_FILES,
  Piece,
  SnapshotAnswer,
  type FileEntry,
} from './answers.js';
export { depthOf, Greeting, MAX_DEPTH, ProtocolError, readFrames, Ready } from './frames.js';
export type { HelperAnswer } from './helper-channel.js';
export { PlainObject } from './plain-object.js';
