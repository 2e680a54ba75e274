import type { SqlAnswer, SqlJob } from '../googlesheets/sql/sheet-sql.js';
import type { AdfDocument } from '../jira/adf.js';
import type { PageReading, PageSource } from '../webfetch/page.js';

/** What turns text from outside into something else: never called here, but in a process of its own. */
export interface ToolParsers {
  /** A mail's HTML as Gmail gives it, in base64url, as Markdown. */
  mail(source: { html: string }): string;
  page(source: PageSource): PageReading;
  /** Markdown as a document of Jira's. */
  adf(source: { markdown: string }): AdfDocument;
  sheets(source: SqlJob): SqlAnswer;
}

/**
 * Parses text from outside beside the process that serves everybody, within limits of size, time and memory.
 * @throws AppError `invalid_request` when the text is too large, too deep, or takes too long or too much memory;
 * `rate_limited` or `unavailable` when too many texts wait
 */
export type Parse = <K extends keyof ToolParsers>(
  parser: K,
  source: Parameters<ToolParsers[K]>[0],
) => Promise<ReturnType<ToolParsers[K]>>;

interface ParserLimits<T> {
  /** What the text is to the caller. */
  what: string;
  maxBytes: number;
  bytesOf: (source: T) => number;
  /** Of the time limit for one text. Default: 1. */
  patience?: number;
}

const MB = 1024 * 1024;

export const PARSER_LIMITS: { [K in keyof ToolParsers]: ParserLimits<Parameters<ToolParsers[K]>[0]> } = {
  // Many come at once, and a hostile one must not take the time of the others.
  mail: { what: "the message's HTML", maxBytes: 3 * MB, bytesOf: ({ html }) => html.length, patience: 0.2 },
  page: { what: 'the page', maxBytes: 8 * MB, bytesOf: ({ bytes }) => bytes.length },
  // Jira itself takes 32,767 characters of a text.
  adf: { what: 'the text', maxBytes: MB / 8, bytesOf: ({ markdown }) => Buffer.byteLength(markdown) },
  sheets: {
    what: 'the query',
    maxBytes: 16 * MB,
    patience: 0.5,
    bytesOf: ({ sql, tables }) => sql.length + sizeOf(tables),
  },
};

/** Most cells are short; what is longer was bounded with the answer that it came in. */
function sizeOf(tables: SqlJob['tables']): number {
  return tables.reduce((sum, { columns, rows }) => sum + 8 * columns.length * rows.length, 0);
}
