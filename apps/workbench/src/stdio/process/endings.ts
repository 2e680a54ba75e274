import type { Ending } from './stdio.agent.js';

/** Why a process ends: the label of its metric, and what its clients are told. */
export const ENDS = {
  idle: 'it was idle',
  closed: 'it was closed',
  replaced: 'it was started anew with other settings or another credential',
  deleted: 'its session, account, toolkit or project was removed or changed',
  place: 'its place was needed',
  taken_over: 'another replica runs it',
  stopped: 'the workbench is being restarted',
} as const;
export type End = keyof typeof ENDS;

const MAX_KEPT = 200;

/** How processes ended, for who asks of one that is gone. */
export class Endings {
  private readonly kept = new Map<string, Ending>();

  keep({ id, ending }: { id: string; ending: Ending | undefined }): void {
    if (ending) this.kept.set(id, ending);
    const [oldest] = this.kept.keys();
    if (this.kept.size > MAX_KEPT && oldest !== undefined) this.kept.delete(oldest);
  }

  of(id: string): Ending | undefined {
    return this.kept.get(id);
  }
}
