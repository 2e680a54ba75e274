import { Inject, Injectable } from '@nestjs/common';
import { AppError } from '@patchbay/contracts';
import { gauge, LOGGER, NatsClient, Sweep, type Logger } from '@patchbay/service';
import type { FastifyRequest } from 'fastify';
import { contextOf } from '../http/index.js';
import { SessionSnapshots } from '../sessions/index.js';
import { authenticationOf, type Authentication } from '../access/index.js';

/** What a response is sent on: the response itself, or the connection that it has become. */
export interface Sink {
  once(event: 'close', listener: () => void): unknown;
  destroy(): unknown;
}

/** A response that lasts: a stream of events, an export, a file, a WebSocket. */
export interface LongLivedResponse {
  response: Sink;
  projectId: string | null;
  /** The session that it belongs to, if to one. */
  sessionId?: string | undefined;
  /** Ends the response; what the client does not read within a moment is cut off. */
  end: (reason: string) => void;
}

interface Held extends LongLivedResponse {
  authentication: Authentication | undefined;
  tags: string[];
}

/** What a response may depend on, each with events of its own. */
export type Dependency = 'key' | 'project' | 'session';

/** For a slow client to read the end. */
const END_MS = 500;
/** An event may have been missed. */
const RECHECK_MS = 60_000;
/** Node fires a longer one at once. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;
/** The errors of a check after which the response ends; others say nothing about its right to go on. */
const ENDING_ERRORS = new Set(['unauthenticated', 'forbidden', 'not_found', 'session_not_found']);

const heldResponses = gauge({
  name: 'patchbay_long_answers',
  help: 'Responses under way that may outlast the credential of their request: streams, exports, files.',
});

/**
 * Ends a response when what allows it ends: its key or access token was revoked or lost a right, its project or its
 * session was deleted. Every such response is held here; a rule test checks that.
 */
@Injectable()
export class LongLivedResponses extends Sweep {
  private readonly held = new Set<Held>();
  private readonly byTag = new Map<string, Set<Held>>();

  constructor(
    private readonly sessions: SessionSnapshots,
    nats: NatsClient,
    @Inject(LOGGER) protected readonly logger: Logger,
  ) {
    super('the check of long-lived responses', RECHECK_MS);
    // Events of the outage are not sent again.
    nats.onReturn(() => void this.sweep());
  }

  /** A response to a request that the guard has authenticated. */
  hold(request: FastifyRequest, { response, sessionId, end }: Omit<LongLivedResponse, 'projectId'>): void {
    const { projectId } = contextOf(request);
    this.add({ response, projectId, sessionId, end }, authenticationOf(request));
  }

  /** A response that depends on its project and session alone, as one to a signed link. */
  holdFor(response: LongLivedResponse): void {
    this.add(response, undefined);
  }

  /** A response that was allowed by another request than the one that it answers. */
  holdAs(authentication: Authentication, response: LongLivedResponse): void {
    this.add(response, authentication);
  }

  /** Something that responses depend on has ended. */
  end(what: Dependency, id: string, reason: string): void {
    for (const held of this.byTag.get(`${what} ${id}`) ?? []) this.finish(held, reason);
  }

  /** Something that responses depend on has changed. */
  async recheck(what: Dependency, id: string): Promise<void> {
    for (const held of this.byTag.get(`${what} ${id}`) ?? []) await this.check(held);
  }

  protected async round(): Promise<void> {
    for (const held of this.held) await this.check(held);
  }

  private add(held: LongLivedResponse, authentication: Authentication | undefined): void {
    const { projectId, sessionId, response } = held;
    const dependencies: Record<Dependency, string | null | undefined> = {
      key: authentication?.keyId,
      project: projectId,
      session: sessionId,
    };
    const tags = Object.entries(dependencies).flatMap(([what, id]) => (id ? [`${what} ${id}`] : []));
    const entry = { ...held, authentication, tags };
    this.held.add(entry);
    heldResponses.set(this.held.size);
    for (const tag of tags) this.byTag.set(tag, (this.byTag.get(tag) ?? new Set()).add(entry));
    response.once('close', () => this.forget(entry));
    if (authentication?.expiresAt) {
      const left = Math.min(Math.max(authentication.expiresAt - Date.now(), 0), LONGEST_TIMER_MS);
      const expiry = setTimeout(() => void this.check(entry), left).unref();
      response.once('close', () => clearTimeout(expiry));
    }
    // Its authentication may have ended since.
    void this.check(entry);
  }

  private forget(held: Held): void {
    if (!this.held.delete(held)) return;
    heldResponses.set(this.held.size);
    for (const tag of held.tags) {
      const tagged = this.byTag.get(tag);
      tagged?.delete(held);
      if (tagged?.size === 0) this.byTag.delete(tag);
    }
  }

  private async check(held: Held): Promise<void> {
    try {
      await held.authentication?.recheck();
      if (held.sessionId && held.projectId) await this.sessions.get(held.projectId, held.sessionId);
    } catch (error) {
      if (error instanceof AppError && ENDING_ERRORS.has(error.code)) this.finish(held, error.message);
    }
  }

  private finish(held: Held, reason: string): void {
    if (!this.held.has(held)) return;
    this.forget(held);
    held.end(reason);
    setTimeout(() => held.response.destroy(), END_MS).unref();
  }
}
