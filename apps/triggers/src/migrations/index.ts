import type { ServiceDatabase } from '@patchbay/database';

/** The service's schema, and how it came to be: all that the migrations job loads of a service. */
export const schema = 'triggers';

export const migrations: ServiceDatabase['migrations'] = [];
