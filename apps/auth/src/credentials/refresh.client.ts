import { fork, type ChildProcess } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { Inject, Injectable, type OnModuleDestroy } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { LOGGER, type Logger } from '@patchbay/service';
import { formatKeyRing } from '@patchbay/vault';
import type { Repository } from 'typeorm';
import type { Connection } from '../accounts/index.js';
import type { AuthServiceConfig } from '../config.js';
import { ProviderTrouble, TOKEN_LIMITS, type TokenFetch } from '../schemes/index.js';
import { CONFIG } from '../settings.module.js';
import { Vault } from '../vault/index.js';
import {
  type RefreshJob,
  RefreshResult,
  type RefreshSettings,
  EXCHANGE_LIMIT_MS,
  TokenAnswer,
} from './refresh.messages.js';
import { Refresh } from './refresh.entity.js';

/** From `src` in tests as from `dist`: the process that runs is always the built one. */
const PROCESS_FILE = fileURLToPath(new URL('../../dist/credentials/refresh.process.js', import.meta.url));
const POLL_MS = 100;
/** The provider's time, and that for writing its answer down: a process that takes longer hangs. */
const RESULT_LIMIT_MS = EXCHANGE_LIMIT_MS + 20_000;

/**
 * Sends refresh tokens through a process of its own. A provider that rotates refresh tokens accepts each
 * once: if this service were killed between the provider's answer and the commit that keeps it, the account
 * would be lost. The process writes the answer down even when the service is killed, and the next refresh
 * finds it there instead of sending the old token again.
 */
@Injectable()
export class RefreshClient implements OnModuleDestroy {
  private child: ChildProcess | undefined;
  private readonly waiting = new Map<string, (result: RefreshResult) => void>();

  constructor(
    @InjectRepository(Refresh) private readonly refreshes: Repository<Refresh>,
    private readonly vault: Vault,
    @Inject(CONFIG) private readonly config: AuthServiceConfig,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  /**
   * A `fetch` for one refresh of one credential.
   * The caller holds the account's lock, and deletes the refresh in the commit that stores its result.
   */
  fetchFor(row: Pick<Connection, 'id' | 'projectId' | 'toolkit'>, staleFingerprint: string): TokenFetch {
    let isFirst = true;
    return async (url, init = {}) => {
      // A stored answer is for the first request of a refresh; a second request asks in another way, having read it.
      const mayBeAnswered = isFirst;
      isFirst = false;
      let askedAt: Date | undefined;
      while (!askedAt) {
        const earlier = mayBeAnswered ? await this.earlierAnswer(row, staleFingerprint) : undefined;
        if (earlier) return toResponse(earlier);
        askedAt = await this.announce(row.id, staleFingerprint);
        if (!askedAt) await delay(POLL_MS);
      }
      const { answer, failure } = await this.send({
        job: randomUUID(),
        projectId: row.projectId,
        connectionId: row.id,
        toolkit: row.toolkit,
        askedAt,
        request: {
          url: String(url),
          method: init.method ?? 'POST',
          headers: Object.fromEntries(new Headers(init.headers)),
          // A token request is a form (RFC 6749, section 4).
          body: new URLSearchParams(init.body as URLSearchParams).toString(),
        },
      });
      if (!answer) throw new ProviderTrouble('unreachable', failure ?? 'The provider gave no answer.');
      return toResponse(answer);
    };
  }

  /** Lets it finish: the answers of running exchanges must be stored. */
  async onModuleDestroy(): Promise<void> {
    const { child } = this;
    if (!child?.connected) return;
    const ended = once(child, 'exit');
    child.disconnect();
    await ended;
  }

  /** The answer to a request of a service that was killed, waiting for one that may still come. */
  private async earlierAnswer(
    row: Pick<Connection, 'id' | 'projectId'>,
    staleFingerprint: string,
  ): Promise<TokenAnswer | undefined> {
    for (;;) {
      const earlier = await this.refreshes.findOneBy({ connectionId: row.id, staleFingerprint });
      if (!earlier) return undefined;
      if (earlier.sealedResponse) return this.readAnswer(row, earlier.sealedResponse);
      if (Date.now() - earlier.askedAt.getTime() > EXCHANGE_LIMIT_MS) return undefined;
      await delay(POLL_MS);
    }
  }

  /**
   * Writes down that the token is about to be sent, before the process is told: one that starts slowly may send it long
   * after this service was killed. Gives the mark that the process has to find, or nothing while another one has the token.
   */
  private async announce(connectionId: string, staleFingerprint: string): Promise<Date | undefined> {
    const rows: { asked_at: Date }[] = await this.refreshes.query(
      `INSERT INTO refreshes (connection_id, stale_fingerprint) VALUES ($1, $2)
       ON CONFLICT (connection_id) DO UPDATE SET stale_fingerprint = $2, asked_at = now(), sealed_response = NULL
       WHERE refreshes.sealed_response IS NOT NULL OR refreshes.stale_fingerprint <> $2
         OR refreshes.asked_at <= now() - $3 * interval '1 millisecond'
       RETURNING asked_at`,
      [connectionId, staleFingerprint, EXCHANGE_LIMIT_MS],
    );
    return rows[0]?.asked_at;
  }

  /** An answer that cannot be opened, as under a removed key, must not block every later refresh. */
  private readAnswer(row: Pick<Connection, 'id' | 'projectId'>, sealed: string): TokenAnswer | undefined {
    try {
      return TokenAnswer.parse(this.vault.open('refreshes.sealed_response', row, sealed));
    } catch (error) {
      this.logger.error(
        { err: error, connectionId: row.id },
        'a kept token answer cannot be read; it is dropped',
      );
      return undefined;
    }
  }

  private send(job: RefreshJob): Promise<RefreshResult> {
    const child = this.process();
    return new Promise((resolve) => {
      const limit = setTimeout(() => this.onTimeout(child, job.job), RESULT_LIMIT_MS).unref();
      this.waiting.set(job.job, (result) => {
        clearTimeout(limit);
        resolve(result);
      });
      child.send(job, (error) => {
        if (error) this.finish({ job: job.job, failure: 'The refresh process has exited.' });
      });
    });
  }

  /** Its exit fails the other jobs that wait for it. */
  private onTimeout(child: ChildProcess, job: string): void {
    this.logger.error('the refresh process does not answer, and is killed');
    child.kill('SIGKILL');
    this.finish({ job, failure: 'The refresh process did not answer in time.' });
  }

  /** Started when it is first needed, and again after it exited. */
  private process(): ChildProcess {
    if (this.child?.connected) return this.child;
    const child = fork(PROCESS_FILE, {
      // Out of our process group: what is sent to the group, or kills it, does not reach the refresh process.
      detached: true,
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    });
    const settings: RefreshSettings = {
      DATABASE_URL: this.config.DATABASE_URL,
      PATCHBAY_ENCRYPTION_KEYS: formatKeyRing(this.config.PATCHBAY_ENCRYPTION_KEYS),
      PATCHBAY_ALLOWED_PRIVATE_HOSTS: this.config.PATCHBAY_ALLOWED_PRIVATE_HOSTS,
      maxAnswerBytes: TOKEN_LIMITS.maxBytes,
    };
    child.send(settings);
    child.on('message', (message) => this.finish(RefreshResult.parse(message)));
    child.once('exit', (code) => {
      if (code !== 0)
        this.logger.warn({ code }, 'the refresh process exited; the next refresh starts another');
      for (const job of this.waiting.keys()) this.finish({ job, failure: 'The refresh process has exited.' });
    });
    // It must not keep the service alive: onModuleDestroy ends it.
    child.unref();
    child.channel?.unref();
    this.child = child;
    return child;
  }

  private finish(result: RefreshResult): void {
    this.waiting.get(result.job)?.(result);
    this.waiting.delete(result.job);
  }
}

function toResponse({ status, contentType, body }: TokenAnswer): Response {
  return new Response(body, { status, headers: { 'content-type': contentType } });
}
