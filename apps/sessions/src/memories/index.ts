export { MemoriesModule } from './memories.module.js';
export { MemoriesService } from './memories.service.js';
export { memory } from './memory.js';
export { Memory } from './memory.entity.js';
