export { proxyRefusal } from './proxy-scope.js';
export { requireToolkitInScope, restricted } from './restrictions.js';
export { isToolkitInScope, outOfScope } from './scope.js';
