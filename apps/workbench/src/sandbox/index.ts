export { limitsOf } from './limits.js';
export { openDriver } from './open-driver.js';
export type { Sandbox, SandboxDriver } from './sandbox.js';
