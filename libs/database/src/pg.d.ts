/** The little of pg that we use; @types/pg is not installed. */
declare module 'pg' {
  class Client {
    query(...args: unknown[]): unknown;
  }
  const pg: { Client: typeof Client };
  export default pg;
}
