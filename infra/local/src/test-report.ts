import { stripVTControlCharacters } from 'node:util';

/** Of one failed test; a difference of two large values has thousands. */
const SHOWN_LINES = 80;
/** More than this have one cause, which the first ones show. */
const SHOWN_FAILURES = 25;

interface Failure {
  title: string;
  lines: string[];
}

/** Reads the output of Vitest runs as turbo streams it, also of runs replayed from its cache: counts tests, and keeps what failed. */
export class TestReport {
  passed = 0;
  failed = 0;
  skipped = 0;
  readonly #failures: Failure[] = [];
  #rest = '';
  /** The failure whose lines are being read, by its workspace: several write side by side. */
  readonly #open = new Map<string, Failure>();

  /** Takes output as it comes: a chunk may end in the middle of a line. */
  add(chunk: string): void {
    const lines = (this.#rest + chunk).split('\n');
    this.#rest = lines.pop() ?? '';
    for (const line of lines) this.#read(line);
  }

  /** Reads a last line without a line break. */
  end(): this {
    this.#read(this.#rest);
    this.#rest = '';
    return this;
  }

  /** The counts, for example `4340 passed, 2 failed, 1 skipped`. */
  get sum(): string {
    const skipped = this.skipped > 0 ? `, ${this.skipped} skipped` : '';
    return `${this.passed} passed, ${this.failed} failed${skipped}`;
  }

  /** Each failed test with its file and what Vitest says of it; empty when none failed. */
  get failures(): string {
    const shown = this.#failures
      .slice(0, SHOWN_FAILURES)
      .map(({ title, lines }) => `${title}\n${lines.slice(0, SHOWN_LINES).join('\n').trimEnd()}\n`);
    const more = this.#failures.length - shown.length;
    return [...shown, ...(more > 0 ? [`and ${more} more\n`] : [])].join('\n');
  }

  #read(raw: string): void {
    // `@patchbay/auth:test:  FAIL  src/config.test.ts > a setting > is read`
    const [, workspace = '', line = ''] = /^(\S+:test: )?(.*)$/s.exec(stripVTControlCharacters(raw)) ?? [];
    this.#count(line);
    const title = /^ FAIL {2}(.+)$/.exec(line)?.[1] ?? /^⎯+ (Unhandled .+?) ⎯+$/.exec(line)?.[1];
    if (title !== undefined) this.#begin(workspace, title.trimEnd());
    else if (/^⎯{3}/.test(line)) this.#open.delete(workspace);
    else this.#open.get(workspace)?.lines.push(line);
  }

  #begin(workspace: string, title: string): void {
    const failure = { title: `${workspace}${title}`, lines: [] };
    this.#open.set(workspace, failure);
    this.#failures.push(failure);
  }

  #count(line: string): void {
    // `      Tests  1 failed | 3 passed | 2 skipped (6)`
    const counts = /^ +Tests {2}(.*) \(\d+\)\s*$/.exec(line)?.[1];
    for (const [, number, kind] of counts?.matchAll(/(\d+) (\w+)/g) ?? []) {
      if (kind === 'passed') this.passed += Number(number);
      else if (kind === 'failed') this.failed += Number(number);
      else if (kind === 'skipped' || kind === 'todo') this.skipped += Number(number);
    }
  }
}
