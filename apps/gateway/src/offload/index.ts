export { OffloadModule } from './offload.module.js';
export { OffloadService } from './offload.service.js';
