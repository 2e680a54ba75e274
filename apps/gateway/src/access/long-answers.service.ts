import type { ServerResponse } from 'node:http';
import { Inject, Injectable } from '@nestjs/common';
import { AppError } from '@patchbay/contracts';
import { gauge, LOGGER, NatsClient, Sweep, type Logger } from '@patchbay/service';
import type { FastifyRequest } from 'fastify';
import { contextOf } from '../http/request-hooks.js';
import { SessionSnapshots } from '../snapshots/session-snapshots.service.js';
import { admissionOf, type Admission } from './access.js';

/** An answer that goes on: a stream of events, an export, a file. */
export interface LongAnswer {
  response: ServerResponse;
  projectId: string | null;
  /** The session that it is of, if it is one's. */
  sessionId?: string | undefined;
  /** Nothing follows. What was not taken in a moment is cut off. */
  end: (reason: string) => void;
}

interface Held extends LongAnswer {
  admission: Admission | undefined;
  tags: string[];
}

/** What an answer may depend on, each told of by an event of its own. */
export type Dependency = 'key' | 'project' | 'session';

/** For the last words to a slow client. */
const LAST_WORDS_MS = 500;
/** An event may have been missed. */
const RECHECK_MS = 60_000;
/** The refusals of a check that mean: not any more. Anything else says nothing about the right to go on. */
const ENDS_IT = new Set(['unauthenticated', 'forbidden', 'session_not_found']);

const longAnswers = gauge({
  name: 'patchbay_long_answers',
  help: 'Answers under way that may outlast the key they were asked for with: streams, exports, files.',
});

/**
 * Ends what goes on when what let it in ends: its key or access token was revoked or reaches less far, its project
 * or its session was deleted. Whoever sends such an answer holds it here; a rule test looks after that.
 */
@Injectable()
export class LongAnswers extends Sweep {
  private readonly held = new Set<Held>();
  private readonly byTag = new Map<string, Set<Held>>();

  constructor(
    private readonly sessions: SessionSnapshots,
    nats: NatsClient,
    @Inject(LOGGER) protected readonly logger: Logger,
  ) {
    super('the check of what goes on', RECHECK_MS);
    // What was said meanwhile is not said again.
    nats.onReturn(() => void this.sweep());
  }

  /** An answer to a request that a guard let in. */
  hold(request: FastifyRequest, { response, sessionId, end }: Omit<LongAnswer, 'projectId'>): void {
    const { projectId } = contextOf(request);
    this.add({ response, projectId, sessionId, end }, admissionOf(request));
  }

  /** An answer that depends on its project and session alone, as one to a signed link. */
  holdFor(answer: LongAnswer): void {
    this.add(answer, undefined);
  }

  /** Something that answers depend on is gone. */
  end(what: Dependency, id: string, reason: string): void {
    for (const held of this.byTag.get(`${what} ${id}`) ?? []) this.finish(held, reason);
  }

  /** Something that answers depend on is another now. */
  async recheck(what: Dependency, id: string): Promise<void> {
    for (const held of this.byTag.get(`${what} ${id}`) ?? []) await this.check(held);
  }

  protected async round(): Promise<void> {
    for (const held of this.held) await this.check(held);
  }

  private add(answer: LongAnswer, admission: Admission | undefined): void {
    const { projectId, sessionId, response } = answer;
    const dependencies: Record<Dependency, string | null | undefined> = {
      key: admission?.keyId,
      project: projectId,
      session: sessionId,
    };
    const tags = Object.entries(dependencies).flatMap(([what, id]) => (id ? [`${what} ${id}`] : []));
    const held = { ...answer, admission, tags };
    this.held.add(held);
    longAnswers.set(this.held.size);
    for (const tag of tags) this.byTag.set(tag, (this.byTag.get(tag) ?? new Set()).add(held));
    response.once('close', () => this.forget(held));
    // What let it in may have ended since it did.
    void this.check(held);
  }

  private forget(held: Held): void {
    if (!this.held.delete(held)) return;
    longAnswers.set(this.held.size);
    for (const tag of held.tags) {
      const tagged = this.byTag.get(tag);
      tagged?.delete(held);
      if (tagged?.size === 0) this.byTag.delete(tag);
    }
  }

  private async check(held: Held): Promise<void> {
    try {
      await held.admission?.recheck();
      if (held.sessionId && held.projectId) await this.sessions.get(held.projectId, held.sessionId);
    } catch (error) {
      if (error instanceof AppError && ENDS_IT.has(error.code)) this.finish(held, error.message);
    }
  }

  private finish(held: Held, reason: string): void {
    if (!this.held.has(held)) return;
    this.forget(held);
    held.end(reason);
    setTimeout(() => held.response.destroy(), LAST_WORDS_MS).unref();
  }
}
