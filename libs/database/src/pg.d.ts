/** The little of pg that we use; @types/pg is not installed. */
declare module 'pg' {
  class Client {
    constructor(options?: object);
    connect(): Promise<void>;
    end(): Promise<void>;
    on(event: 'error', listener: (error: Error) => void): this;
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

declare module 'pg-copy-streams' {
  import type { Readable, Writable } from 'node:stream';

  /** Rows that went through are counted by the server, and known at the end. */
  export function to(sql: string): Readable & { rowCount: number };
  export function from(sql: string): Writable & { rowCount: number };
}
