/** The service's own part of the database. */
export const SCHEMA = 'auth';
