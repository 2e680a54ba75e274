export { RecordConsumer, type StreamMessage } from './record.consumer.js';
export { StreamModule } from './stream.module.js';
