/** What was looked at, told as it happens and, at the end, as one line for a program. */
export class Report {
  /** @type {{ name: string, how: 'run' | 'checked', ok: boolean, figure: string }[]} */
  checks = [];

  /** @param {string} part */
  constructor(part) {
    this.part = part;
  }

  /**
   * @param {string} name
   * @param {'run' | 'checked'} how whether it was really run, or only looked at
   * @param {() => Promise<string | void> | string | void} look what was seen, in a few words, if that tells more than the name; throws when it is not as it should be
   */
  async check(name, how, look) {
    const started = Date.now();
    let ok = true;
    let figure;
    try {
      figure = (await look()) ?? '';
    } catch (error) {
      ok = false;
      figure = error instanceof Error ? error.message : String(error);
    }
    this.checks.push({ name, how, ok, figure });
    const seconds = ((Date.now() - started) / 1000).toFixed(1);
    process.stdout.write(`${ok ? 'ok   ' : 'FAIL '} ${name}${figure && ': '}${figure} (${seconds} s)\n`);
    return ok;
  }

  /** @returns the exit code */
  end() {
    process.stdout.write(`${JSON.stringify({ part: this.part, checks: this.checks })}\n`);
    return this.checks.every(({ ok }) => ok) ? 0 : 1;
  }
}
