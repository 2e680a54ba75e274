import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { RawJson } from '@patchbay/contracts';
import { RecentAnswers } from './recent-answers.js';
import type { OpenRecord } from './request-records.service.js';
import { GRACE_MS, outcome } from './request-state.js';

const record = (subject: string, owner = 'project'): OpenRecord => ({
  kind: 'tries',
  owner,
  subject,
  started: { fingerprint: 'hash', until: 0 },
});
const answer = (characters: number) => outcome({ data: { text: 'x'.repeat(characters) } }, false);

describe('RecentAnswers', () => {
  let answers: RecentAnswers;
  beforeEach(() => {
    vi.useFakeTimers();
    answers = new RecentAnswers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it('knows an answer for some seconds, and forgets it then', () => {
    const ended = answer(10);
    answers.add(record('a'), ended);
    expect(answers.get('a')).toMatchObject({ record: { subject: 'a' }, ended });
    vi.advanceTimersByTime(GRACE_MS);
    expect(answers.all()).toEqual([]);
    expect(answers.has('a')).toBe(false);
  });

  it('keeps of a large answer that there was one', () => {
    answers.add(record('a'), answer(20_000));
    expect(answers.get('a')?.ended).toMatchObject({ dropped: true });
    expect(answers.get('a')?.ended).not.toHaveProperty('data');
  });

  it('measures an answer that passes unread by its text', () => {
    answers.add(record('a'), outcome({ data: { data: new RawJson(`"${'x'.repeat(20_000)}"`) } }, false));
    expect(answers.get('a')?.ended).toMatchObject({ dropped: true });
  });

  it('knows of an end that is in its record, but not which', () => {
    answers.addStored(record('a'));
    expect([answers.has('a'), answers.get('a'), answers.all()]).toEqual([true, undefined, []]);
  });

  it('gives each project room of its own, which is free again later', () => {
    const isKept = (subject: string) => answers.get(subject)?.ended.dropped === false;
    const fill = (owner: string, round: string) =>
      Array.from({ length: 200 }, (_, index) => {
        answers.add(record(`${owner}${round}${index}`, owner), answer(15_000));
        return isKept(`${owner}${round}${index}`);
      }).filter(Boolean).length;
    const kept = fill('loud', 'first');
    expect(kept).toBeLessThan(200);
    expect(fill('quiet', 'first')).toBe(kept);
    vi.advanceTimersByTime(GRACE_MS);
    expect(fill('loud', 'second')).toBe(kept);
  });
});
