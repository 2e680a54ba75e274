import { Injectable } from '@nestjs/common';
import { AppError, writeJson, type CallSession, type SentSession } from '@patchbay/contracts';
import { LRUCache } from 'lru-cache';

/** Characters of JSON: those that were used last stay. */
const REMEMBERED = { maxSize: 16 * 1024 * 1024, maxEntrySize: 1024 * 1024 };

/**
 * The sessions that callers sent whole, so that they need not send them again. What a digest stands for never changes:
 * a session that was changed comes under another one.
 */
@Injectable()
export class KnownSessions {
  private readonly sessions = new LRUCache<string, CallSession>({
    ...REMEMBERED,
    sizeCalculation: (session) => writeJson(session).length,
  });

  /** @throws AppError `session_unknown` for a reference to what was not sent here, or is forgotten */
  resolve(projectId: string, sent: SentSession): CallSession {
    if (!('sha256' in sent)) return sent;
    // Another project's is not to be had, whatever digest is named.
    const key = `${projectId} ${sent.sha256}`;
    const known = this.sessions.get(key);
    if (known) return known;
    if (!sent.whole)
      throw new AppError('session_unknown', 'The session has to be sent whole.', { retryable: true });
    this.sessions.set(key, sent.whole);
    return sent.whole;
  }
}
