import { beforeEach, describe, expect, it, vi } from 'vitest';
import { AppError, SessionConfig, type SentSession, type Session } from '@patchbay/contracts';
import { SessionSender } from './session-sender.service.js';

const session = (userId: string): Session => ({
  id: 'trs_a',
  projectId: 'proj_a',
  userId,
  config: SessionConfig.parse({}),
  configVersion: 1,
  exposedTools: [],
  allowedCalls: [],
  createdAt: '2026-01-01T00:00:00.000Z',
});
const unknown = () => new AppError('session_unknown', 'Whole, please.', { retryable: true });

let sender: SessionSender;
const send = vi.fn<(sent: SentSession) => Promise<string>>();
beforeEach(() => {
  sender = new SessionSender();
  send.mockReset().mockResolvedValue('done');
});
const sent = () =>
  send.mock.calls.map(([given]) => ('sha256' in given ? [given.sha256, given.whole?.userId] : []));

describe('SessionSender', () => {
  it('sends a session whole once, then by the same digest', async () => {
    const ada = session('ada');
    for (let call = 0; call < 3; call += 1) expect(await sender.with(ada, send)).toBe('done');
    const digest = sent()[0]?.[0];
    expect(digest).toMatch(/^[0-9a-f]{64}$/);
    expect(sent()).toEqual([
      [digest, 'ada'],
      [digest, undefined],
      [digest, undefined],
    ]);
  });

  it('sends it whole again to who lacks it, and once only', async () => {
    const ada = session('ada');
    await sender.with(ada, send);
    send.mockRejectedValueOnce(unknown());
    expect(await sender.with(ada, send)).toBe('done');
    expect(sent().map(([, user]) => user)).toEqual(['ada', undefined, 'ada']);
    send.mockRejectedValue(unknown());
    await expect(sender.with(ada, send)).rejects.toMatchObject({ code: 'session_unknown' });
    expect(send).toHaveBeenCalledTimes(5);
  });

  it('passes on every other error, without a second try', async () => {
    const ada = session('ada');
    await sender.with(ada, send);
    send.mockRejectedValueOnce(new AppError('unavailable', 'Away.'));
    await expect(sender.with(ada, send)).rejects.toMatchObject({ code: 'unavailable' });
    expect(send).toHaveBeenCalledTimes(2);
  });

  it('knows a changed session by another digest, and sends that whole', async () => {
    await sender.with(session('ada'), send);
    await sender.with(
      { ...session('ada'), allowedCalls: ['X'], config: SessionConfig.parse({ tags: { enabled: ['a'] } }) },
      send,
    );
    const [[first], [second, user]] = sent() as [[string], [string, string]];
    expect(second).not.toBe(first);
    expect(user).toBe('ada');
  });
});
