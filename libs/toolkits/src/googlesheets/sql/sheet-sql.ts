import { Worker } from 'node:worker_threads';
import { z } from 'zod';
import { ToolFailure } from '../../tool-runtime.js';

/** A sheet as a table: its first row names the columns, each row below has its number in the sheet as `rowid`. */
export interface SheetTable {
  name: string;
  columns: string[];
  rows: unknown[][];
}

export interface SqlJob {
  tables: SheetTable[];
  sql: string;
}

const SqlCell = z.union([z.string(), z.number(), z.null()]);
export type SheetCell = z.output<typeof SqlCell>;

const Outcome = z.object({
  columns: z.array(z.string()),
  rows: z.array(z.array(SqlCell)),
  changes: z.array(
    z.object({
      table: z.string(),
      /** Numbers of rows, from 1. */
      deleted: z.array(z.int()),
      inserted: z.array(z.array(SqlCell)),
      updated: z.array(z.object({ row: z.int(), column: z.int(), value: SqlCell })),
    }),
  ),
});
export type SqlOutcome = z.input<typeof Outcome>;
const Message = z.union([
  z.object({ loaded: z.literal(true) }),
  z.object({ outcome: Outcome }),
  z.object({ error: z.string() }),
]);

/** Of a busy machine too: starting and filling the tables is bounded by the sheet's own size. */
const LOADING_LIMIT_MS = 20_000;
const STATEMENT_LIMIT_MS = 3_000;
const WORKER = new URL('./sheet-sql.worker.js', import.meta.url);

/**
 * Runs one statement of SQLite's over sheets, beside the process that serves everybody: a query without an end
 * is stopped.
 * @throws ToolFailure that says what is wrong with the statement
 */
export async function runSql(job: SqlJob): Promise<z.output<typeof Outcome>> {
  const worker = new Worker(WORKER, { workerData: job });
  try {
    return await new Promise((resolve, reject) => {
      const limit = (ms: number, reason: string) =>
        setTimeout(() => reject(new ToolFailure(`The query takes too long: ${reason}.`)), ms);
      let timer = limit(LOADING_LIMIT_MS, 'its sheets are too large');
      worker.once('exit', () => clearTimeout(timer));
      worker.once('error', reject);
      worker.on('message', (message) => {
        const said = Message.parse(message);
        if ('outcome' in said) resolve(said.outcome);
        else if ('error' in said) reject(new ToolFailure(`The sheet cannot be asked that: ${said.error}.`));
        else {
          clearTimeout(timer);
          timer = limit(STATEMENT_LIMIT_MS, 'narrow it with WHERE or LIMIT');
        }
      });
    });
  } finally {
    await worker.terminate();
  }
}
