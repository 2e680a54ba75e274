export { proxyRefusal } from './proxy-scope.js';
export { isToolkitInScope, outOfScope } from './scope.js';
