import { styleText } from 'node:util';
import type { Failure } from '../errors.js';
import { clean, jsonText, oneLine } from './clean.js';
import { tableLines } from './table.js';

type Cell = string | number | boolean | null | undefined;
/** The columns of a list, or the lines of one thing: by their title, what stands there. */
export type Fields<T> = Record<string, (item: T) => Cell>;
type Style = Parameters<typeof styleText>[0];

const WIDTH = 100;

/**
 * What a command says. What was asked for goes to stdout, for a person in tables and colours, for a program as lines with tabs or,
 * with `--json`, as the platform answered it. All that is said beside it goes to stderr.
 */
export class Output {
  json = false;

  constructor(
    private readonly stdout: NodeJS.WriteStream,
    private readonly stderr: NodeJS.WriteStream,
  ) {}

  /** Whether a person looks at what is written. */
  get isTerminal(): boolean {
    return this.stdout.isTTY;
  }

  /** Text of ours, or text that was cleaned. */
  write(text: string): void {
    this.stdout.write(`${text}\n`);
  }

  /** A word beside what was asked for. */
  note(text: string): void {
    this.stderr.write(`${clean(text)}\n`);
  }

  value(value: unknown): void {
    this.write(jsonText(value, 2));
  }

  /** One of many, each a line of JSON. */
  line(value: unknown): void {
    this.write(jsonText(value));
  }

  list<T>(items: readonly T[], fields: Fields<T>, empty: string): void {
    if (this.json) return this.value(items);
    if (items.length === 0) return this.note(empty);
    const rows = items.map((item) => Object.values(fields).map((field) => shown(field(item))));
    if (!this.isTerminal) return rows.forEach((row) => this.write(row.join('\t')));
    const titles = Object.keys(fields).map((title) => title.toUpperCase());
    const [head = '', ...lines] = tableLines([titles, ...rows], this.stdout.columns || WIDTH);
    this.write(this.styled('bold', head));
    for (const line of lines) this.write(line);
  }

  details<T>(item: T, fields: Fields<T>): void {
    if (this.json) return this.value(item);
    const lines = Object.entries(fields)
      .map(([title, field]) => [title, field(item)] as const)
      .filter(([, value]) => value !== undefined && value !== null && value !== '');
    const width = Math.max(...lines.map(([title]) => title.length));
    for (const [title, value] of lines) {
      const text = clean(String(value)).replaceAll('\n', `\n${' '.repeat(width + 2)}`);
      this.write(
        this.isTerminal ? `${this.styled('dim', title.padEnd(width))}  ${text}` : `${title}\t${shown(value)}`,
      );
    }
  }

  /** For stdout, where colours are wanted: a terminal, without NO_COLOR. */
  styled(style: Style, text: string): string {
    return styleText(style, text, { stream: this.stdout });
  }

  failure(failure: Failure): void {
    const { message, details, suggestion, requestId, exitCode, ...rest } = failure;
    if (this.json) {
      const error = { message, ...rest, details, suggestion, request_id: requestId, exit_code: exitCode };
      this.stderr.write(`${jsonText({ error })}\n`);
      return;
    }
    this.stderr.write(`${styleText('red', clean(message), { stream: this.stderr })}\n`);
    for (const detail of details) this.note(`  ${oneLine(detail)}`);
    if (suggestion !== undefined) this.note(suggestion);
    if (requestId !== undefined) this.note(`Request ${requestId}`);
  }
}

function shown(value: Cell): string {
  if (value === undefined || value === null) return '';
  return oneLine(String(value));
}
