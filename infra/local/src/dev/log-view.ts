import { closeSync, openSync, readSync, statSync } from 'node:fs';
import { stripVTControlCharacters, styleText } from 'node:util';
import { prettyFactory } from 'pino-pretty';

const EVERY_MS = 100;
const MAX_READ_BYTES = 256 * 1024;
const colours = ['cyan', 'magenta', 'blue', 'yellow', 'green', 'gray'] as const;

/** Shows what services write into their log files from now on, a readable line each, with the service's name before it. */
export class LogView {
  readonly #sources: Source[];
  readonly #timer: NodeJS.Timeout;

  constructor(
    logs: readonly { name: string; path: string }[],
    private readonly write: (text: string) => void,
    colour: boolean,
  ) {
    const width = Math.max(...logs.map(({ name }) => name.length));
    this.#sources = logs.map(({ name, path }, index) => ({
      path,
      at: sizeOf(path),
      rest: '',
      show: formatter(name.padEnd(width), colour ? colours[index % colours.length] : undefined),
    }));
    // Log files and not pipes: a service must not break when the terminal it is watched from goes away.
    this.#timer = setInterval(() => this.flush(), EVERY_MS);
    this.#timer.unref();
  }

  /** Shows what has been written by now. */
  flush(): void {
    for (const source of this.#sources) {
      const lines = newLines(source);
      if (lines.length > 0) this.write(lines.map(source.show).join(''));
    }
  }

  close(): void {
    clearInterval(this.#timer);
    this.flush();
  }
}

interface Source {
  path: string;
  /** How far it has been shown. */
  at: number;
  /** A line that is not whole yet. */
  rest: string;
  show: (line: string) => string;
}

/** A line of pino's becomes time, level, text and what else it says; any other line stays as it is. */
function formatter(name: string, colour: (typeof colours)[number] | undefined): (line: string) => string {
  const pretty = prettyFactory({
    colorize: colour !== undefined,
    translateTime: 'SYS:HH:MM:ss.l',
    ignore: 'pid,hostname,service',
    singleLine: true,
  });
  const prefix = colour ? styleText(colour, name, { validateStream: false }) : name;
  return (line) => {
    const text = /^\{.*\}$/.test(line) ? pretty(line) : `${stripVTControlCharacters(line)}\n`;
    return text.trimEnd().replace(/^/gm, `${prefix} | `) + '\n';
  };
}

/** Node says it at each start; the ports are the same every time. */
const ofTheDebugger = /^(Debugger (listening|attached)|For help, see: https:\/\/nodejs)/;

function newLines(source: Source): string[] {
  const size = sizeOf(source.path);
  // Put aside at a restart because it had grown too large: the new one begins at its beginning.
  if (size < source.at) Object.assign(source, { at: 0, rest: '' });
  if (size === source.at) return [];
  const buffer = Buffer.alloc(Math.min(size - source.at, MAX_READ_BYTES));
  const file = openSync(source.path, 'r');
  try {
    source.at += readSync(file, buffer, 0, buffer.length, source.at);
  } finally {
    closeSync(file);
  }
  const lines = (source.rest + buffer.toString('utf8')).split('\n');
  source.rest = lines.pop() ?? '';
  return lines.filter((line) => line.trim() !== '' && !ofTheDebugger.test(line));
}

function sizeOf(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.size ?? 0;
}
