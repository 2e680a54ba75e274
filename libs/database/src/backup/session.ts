import type { Readable, Writable } from 'node:stream';
import pg from 'pg';
import { from, to } from 'pg-copy-streams';
import { jobLimits } from '../connection.options.js';

/** One connection to the database for a whole backup or restore: everything in one transaction. */
export class Session {
  private constructor(private readonly client: InstanceType<typeof pg.Client>) {}

  /** @param url of the role that owns the database or may act as those who own its tables: the migrations job's */
  static async within<T>(url: string, work: (session: Session) => Promise<T>): Promise<T> {
    const client = new pg.Client({
      connectionString: url,
      connectionTimeoutMillis: jobLimits.connectMs,
      application_name: 'patchbay backup',
    });
    // A server that goes away rejects the query; without a listener it would end the process too.
    client.on('error', () => undefined);
    await client.connect();
    try {
      return await work(new Session(client));
    } finally {
      await client.end().catch(() => undefined);
    }
  }

  async rows<T>(sql: string, values: unknown[] = []): Promise<T[]> {
    return ((await this.client.query(sql, values)) as { rows: T[] }).rows;
  }

  /** In one transaction, which is rolled back when the work fails. @param begin such as `BEGIN READ ONLY` */
  async transaction<T>(begin: string, work: () => Promise<T>): Promise<T> {
    await this.rows(begin);
    try {
      const result = await work();
      await this.rows('COMMIT');
      return result;
    } catch (error) {
      await this.rows('ROLLBACK').catch(() => undefined);
      throw error;
    }
  }

  copyOut(query: string): Readable & { rowCount: number } {
    return this.client.query(to(`COPY (${query}) TO STDOUT`)) as ReturnType<typeof to>;
  }

  copyIn(target: string): Writable & { rowCount: number } {
    return this.client.query(from(`COPY ${target} FROM STDIN`)) as ReturnType<typeof from>;
  }
}

/** As an identifier in SQL. */
export function quoted(...names: string[]): string {
  return names.map((name) => `"${name.replaceAll('"', '""')}"`).join('.');
}
