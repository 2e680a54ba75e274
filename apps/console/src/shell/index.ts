export { NotFound, PageFailed } from './failed.js';
export { lastProject } from './places.js';
export { Shell } from './shell.js';
export { SignedIn } from './signed-in.js';
export { applyTheme } from './theme.js';
