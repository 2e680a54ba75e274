export { MOUNT_POINT } from './mounts.controller.js';
export { MountsModule } from './mounts.module.js';
export { MountsService } from './mounts.service.js';
