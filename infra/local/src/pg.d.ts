/** The little of pg that we use; @types/pg is not installed. */
declare module 'pg' {
  class Client {
    constructor(options: { connectionString: string; connectionTimeoutMillis?: number });
    connect(): Promise<void>;
    query(text: string, values?: unknown[]): Promise<{ rows: Record<string, unknown>[] }>;
    end(): Promise<void>;
    on(event: 'error', listener: (error: Error) => void): this;
    escapeIdentifier(name: string): string;
  }
  const pg: { Client: typeof Client };
  export default pg;
}
