import { beforeEach, describe, expect, it } from 'vitest';
import type { CallSession } from '@patchbay/contracts';
import { KnownSessions } from './known-sessions.js';

const session = (userId: string): CallSession => ({
  id: 'trs_a',
  userId,
  scope: { tools: {}, tags: {} },
  authConfigs: {},
  connectedAccounts: {},
  requireChoice: false,
});
const digest = (letter: string) => letter.repeat(64);

let known: KnownSessions;
function refusalOf(projectId: string): unknown {
  try {
    return known.resolve(projectId, { sha256: digest('a') });
  } catch (error) {
    return error;
  }
}
beforeEach(() => {
  known = new KnownSessions();
});

describe('the session of a call', () => {
  it('is what it is when it comes whole, and by its digest from then on', () => {
    const ada = session('ada');
    expect(known.resolve('proj_a', ada)).toBe(ada);
    expect(known.resolve('proj_a', { sha256: digest('a'), whole: ada })).toEqual(ada);
    expect(known.resolve('proj_a', { sha256: digest('a') })).toEqual(ada);
  });

  it('is asked for when its digest is not known, also when another project sent it', () => {
    expect(refusalOf('proj_a')).toMatchObject({ code: 'session_unknown', retryable: true });
    known.resolve('proj_a', { sha256: digest('a'), whole: session('ada') });
    expect(refusalOf('proj_b')).toMatchObject({ code: 'session_unknown' });
  });

  it('is not remembered beyond a bound of memory', () => {
    const wide = { ...session('ada'), connectedAccounts: { acme: ['x'.repeat(900 * 1024)] } };
    for (const letter of 'abcdefghijklmnopqrstuv')
      known.resolve('proj_a', { sha256: digest(letter), whole: wide });
    expect(() => known.resolve('proj_a', { sha256: digest('a') })).toThrow('has to be sent whole');
    expect(known.resolve('proj_a', { sha256: digest('v') })).toEqual(wide);
  });
});
