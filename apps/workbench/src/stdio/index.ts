export { StdioLease } from './stdio-lease.entity.js';
export { StdioModule } from './stdio.module.js';
