import { stripVTControlCharacters } from 'node:util';

/** Of one failed test; a difference of two large values has thousands. */
const SHOWN_LINES = 80;
/** More than this have one cause, which the first ones show. */
const SHOWN_FAILURES = 25;

interface Failure {
  title: string;
  lines: string[];
}

/** Reads the output of jest runs as turbo streams it, also of runs replayed from its cache: counts tests, and keeps what failed. */
export class TestReport {
  passed = 0;
  failed = 0;
  skipped = 0;
  readonly #failures = new Map<string, Failure>();
  #rest = '';
  #file = '';
  /** The failure whose lines are being read. */
  #open: Failure | undefined;

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

  /** Each failed test with its file and what jest says of it; empty when none failed. */
  get failures(): string {
    const shown = [...this.#failures.values()]
      .slice(0, SHOWN_FAILURES)
      .map(({ title, lines }) => `${title}\n${lines.slice(0, SHOWN_LINES).join('\n').trimEnd()}\n`);
    const more = this.#failures.size - shown.length;
    return [...shown, ...(more > 0 ? [`and ${more} more\n`] : [])].join('\n');
  }

  #read(raw: string): void {
    // `@patchbay/auth:test: PASS src/config.test.ts`
    const [, workspace = '', line = ''] = /^(\S+:test: ?)?(.*)$/s.exec(stripVTControlCharacters(raw)) ?? [];
    this.#count(line);
    if (/^\S/.test(line)) {
      this.#open = undefined;
      const file = /^(?:PASS|FAIL) (\S+)/.exec(line)?.[1];
      if (file !== undefined) this.#file = `${workspace}${file}`;
      return;
    }
    const heading = /^ {2}● (.+)$/.exec(line)?.[1];
    if (heading === undefined) this.#open?.lines.push(line);
    else this.#open = heading === 'Console' ? undefined : this.#begin(`${this.#file} ● ${heading}`);
  }

  /** Jest repeats its failures at the end of a run of many files: the first telling is kept. */
  #begin(title: string): Failure | undefined {
    if (this.#failures.has(title)) return undefined;
    const failure = { title, lines: [] };
    this.#failures.set(title, failure);
    return failure;
  }

  #count(line: string): void {
    // `Tests:       1 failed, 2 skipped, 3 passed, 6 total`
    const counts = /^Tests: +(.*\d+ total)\s*$/.exec(line)?.[1];
    for (const [, number, kind] of counts?.matchAll(/(\d+) (\w+)/g) ?? []) {
      if (kind === 'passed') this.passed += Number(number);
      else if (kind === 'failed') this.failed += Number(number);
      else if (kind === 'skipped' || kind === 'todo') this.skipped += Number(number);
    }
  }
}
