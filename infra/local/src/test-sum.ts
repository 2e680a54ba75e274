import { stripVTControlCharacters } from 'node:util';

/** Adds up the closing lines of every jest run in a stream of output, also of runs that turbo replays from its cache. */
export class TestSum {
  passed = 0;
  failed = 0;
  skipped = 0;
  #rest = '';

  /** Takes output as it comes: a chunk may end in the middle of a line. */
  add(chunk: string): void {
    const lines = (this.#rest + chunk).split('\n');
    this.#rest = lines.pop() ?? '';
    for (const line of lines) this.#count(line);
  }

  /** Counts a last line without a line break. */
  end(): this {
    this.#count(this.#rest);
    this.#rest = '';
    return this;
  }

  toString(): string {
    const skipped = this.skipped > 0 ? `, ${this.skipped} skipped` : '';
    return `${this.passed} passed, ${this.failed} failed${skipped}`;
  }

  #count(line: string): void {
    // `@patchbay/auth:test: Tests:       1 failed, 2 skipped, 3 passed, 6 total`
    const counts = /^(?:\S+:test: )?Tests: +(.*\d+ total)\s*$/.exec(stripVTControlCharacters(line))?.[1];
    for (const [, number, kind] of counts?.matchAll(/(\d+) (\w+)/g) ?? []) {
      if (kind === 'passed') this.passed += Number(number);
      else if (kind === 'failed') this.failed += Number(number);
      else if (kind === 'skipped' || kind === 'todo') this.skipped += Number(number);
    }
  }
}
