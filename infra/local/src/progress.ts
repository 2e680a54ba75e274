/** What happens while something starts or stops; a terminal turns it into lines, a test ignores it. */
export interface ProgressEvent {
  kind: 'begin' | 'done' | 'failed' | 'note';
  title: string;
  ms?: number;
}

export type OnProgress = (event: ProgressEvent) => void;

/** Reports the beginning and the end of steps with their durations. */
export class Steps {
  constructor(private readonly show: OnProgress) {}

  async run<T>(title: string, work: () => Promise<T>): Promise<T> {
    const began = Date.now();
    this.show({ kind: 'begin', title });
    try {
      const result = await work();
      this.show({ kind: 'done', title, ms: Date.now() - began });
      return result;
    } catch (error) {
      this.show({ kind: 'failed', title, ms: Date.now() - began });
      throw error;
    }
  }

  note(title: string): void {
    this.show({ kind: 'note', title });
  }
}
