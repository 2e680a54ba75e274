/** The little of pg that we use; @types/pg is not installed. */
declare module 'pg' {
  class Client {
    query(...args: unknown[]): unknown;
  }
  class TypeOverrides {
    setTypeParser(oid: number, parse: (text: string) => unknown): void;
  }
  const pg: {
    Client: typeof Client;
    TypeOverrides: typeof TypeOverrides;
    types: { builtins: Record<'JSON' | 'JSONB', number> };
  };
  export default pg;
}
