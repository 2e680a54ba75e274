/** A sheet as a table: its first row names the columns, each row below has its number in the sheet as `rowid`. */
export interface SheetTable {
  name: string;
  columns: string[];
  rows: unknown[][];
}

/** One statement of SQLite's over sheets. */
export interface SqlJob {
  tables: SheetTable[];
  sql: string;
}

export type SheetCell = string | number | null;

export interface SqlOutcome {
  columns: string[];
  rows: SheetCell[][];
  changes: {
    table: string;
    /** Numbers of rows, from 1. */
    deleted: number[];
    inserted: SheetCell[][];
    updated: { row: number; column: number; value: SheetCell }[];
  }[];
}

/** What is wrong with the statement, when it cannot be run. */
export type SqlAnswer = { outcome: SqlOutcome } | { error: string };
