import { CreateEventsAndDeliveries1766300000000 } from './1766300000000-create-events-and-deliveries.js';
import { CreateInstances1766310000000 } from './1766310000000-create-instances.js';
import { AddHints1766320000000 } from './1766320000000-add-hints.js';

/** The service's schema, and how it came to be: all that the migrations job loads of a service. */
export const schema = 'triggers';

export const migrations = [
  CreateEventsAndDeliveries1766300000000,
  CreateInstances1766310000000,
  AddHints1766320000000,
];
