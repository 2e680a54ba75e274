import type { ToolParsers } from './parse.js';
import { within } from './within.js';

/*
 * The parsers of tools, as the process runs that text from outside is parsed in. What one needs is loaded when it
 * is first asked for.
 */

/** What a parser is given: what to parse, and how long it may take, in milliseconds. */
export interface ParserJob<T> {
  input: T;
  limitMs: number;
}
type Parser<K extends keyof ToolParsers> = (
  job: ParserJob<Parameters<ToolParsers[K]>[0]>,
) => Promise<ReturnType<ToolParsers[K]>>;

export const mail: Parser<'mail'> = async ({ input, limitMs }) => {
  const { mailToMarkdown } = await import('../gmail/mail-html.js');
  return within(limitMs, () => mailToMarkdown(input.html));
};

export const page: Parser<'page'> = async ({ input, limitMs }) => {
  const { readPage } = await import('../webfetch/page.js');
  return within(limitMs, () => readPage(input));
};

export const adf: Parser<'adf'> = async ({ input, limitMs }) => {
  const { toAdf } = await import('../jira/adf.js');
  return within(limitMs, () => toAdf(input.markdown));
};

export const sheets: Parser<'sheets'> = async ({ input, limitMs }) => {
  const { openSqlite, runSql } = await import('../googlesheets/sql/sqlite.js');
  const sqlite = await openSqlite();
  return within(limitMs, () => runSql(sqlite, input));
};

export { ImportRefusal, parseOpenApi } from '../openapi/document.js';
export { importOpenApi } from '../openapi/import.js';
export { letterLogo } from '../openapi/letter-logo.js';
export { toTakenOutput, toTakenInput } from '../json-schema.js';
export { findBreaches } from '../schema-rules/rules.js';
export { within };
