export { limitsOf } from './limits.js';
export { openDriver } from './open-driver.js';
export type { ReadOnlyMount, Sandbox, SandboxDriver } from './sandbox.js';
