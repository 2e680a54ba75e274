const SHOWN = 5;
const SHOWN_CHARACTERS = 200;

/** Files that were not synced, each with the reason, as one sentence of bounded length. */
export class SkippedFiles {
  private count = 0;
  private readonly shown: string[] = [];

  constructor(private readonly what: string) {}

  add(path: string, reason: string): void {
    this.count += 1;
    if (this.count <= SHOWN) this.shown.push(`${cut(path)} (${cut(reason)})`);
  }

  /** @returns null when there are none */
  describe(): string | null {
    if (this.count === 0) return null;
    const more = this.count > SHOWN ? ` and ${this.count - SHOWN} more` : '';
    return `${this.what}: ${this.shown.join(', ')}${more}.`;
  }
}

function cut(text: string): string {
  return text.length > SHOWN_CHARACTERS ? `${text.slice(0, SHOWN_CHARACTERS)}…` : text;
}
