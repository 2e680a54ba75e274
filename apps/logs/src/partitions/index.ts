export { PartitionManager } from './partition.manager.js';
export { PartitionsModule } from './partitions.module.js';
