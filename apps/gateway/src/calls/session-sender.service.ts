import { hash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import {
  AppError,
  toCallSession,
  writeJson,
  type CallSession,
  type SentSession,
  type Session,
} from '@patchbay/contracts';

interface Prepared {
  sha256: string;
  whole: CallSession;
  /** Whether it was sent whole, to whichever replica. */
  isSent: boolean;
}

/** Sends a session with its calls: whole with the first of them, by reference with the others. */
@Injectable()
export class SessionSender {
  /** By the snapshot: a session that was changed has another one. */
  private readonly prepared = new WeakMap<Session, Prepared>();

  /**
   * @param send asks `tools`; called again with the whole session when the replica that took the request lacks it
   * @throws what `send` throws
   */
  async with<T>(session: Session, send: (session: SentSession) => Promise<T>): Promise<T> {
    const known = this.prepare(session);
    const { sha256, whole } = known;
    if (!known.isSent) {
      known.isSent = true;
      return send({ sha256, whole });
    }
    try {
      return await send({ sha256 });
    } catch (error) {
      if (!(error instanceof AppError) || error.code !== 'session_unknown') throw error;
      return send({ sha256, whole });
    }
  }

  private prepare(session: Session): Prepared {
    const found = this.prepared.get(session);
    if (found) return found;
    const whole = toCallSession(session);
    const made = { sha256: hash('sha256', writeJson(whole)), whole, isSent: false };
    this.prepared.set(session, made);
    return made;
  }
}
