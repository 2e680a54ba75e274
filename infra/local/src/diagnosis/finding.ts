import { Refusal } from '../../preflight.mjs';

/** What one look at an installation gave. */
export interface Finding {
  /** What was looked at. */
  subject: string;
  /** `warning`: it works, and something should be mended. */
  state: 'ok' | 'warning' | 'problem';
  message: string;
  /** What to do about it. */
  remedy?: string;
}

export const ok = (subject: string, message: string): Finding => ({ subject, state: 'ok', message });
export const warning = (subject: string, message: string, remedy: string): Finding => ({
  subject,
  state: 'warning',
  message,
  remedy,
});
export const problem = (subject: string, message: string, remedy: string): Finding => ({
  subject,
  state: 'problem',
  message,
  remedy,
});

/** What a start would refuse, as a finding; undefined when it would not. */
export async function refusalOf(subject: string, work: () => unknown): Promise<Finding | undefined> {
  try {
    await work();
    return undefined;
  } catch (error) {
    if (error instanceof Refusal) return problem(subject, error.message, error.suggestion);
    throw error;
  }
}
