import { fork, type ChildProcess } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { Inject, Injectable, type OnModuleDestroy } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { LOGGER, type Logger } from '@patchbay/service';
import type { Repository } from 'typeorm';
import type { Connection } from '../accounts/index.js';
import type { AuthServiceConfig } from '../config.js';
import { ProviderTrouble, TOKEN_LIMITS, type TokenFetch } from '../schemes/index.js';
import { CONFIG } from '../settings.module.js';
import { formatKeyRing, Vault } from '../vault/index.js';
import {
  type CourierJob,
  CourierReport,
  type CourierSettings,
  EXCHANGE_LIMIT_MS,
  TokenAnswer,
} from './courier.messages.js';
import { Renewal } from './renewal.entity.js';

/** From `src` in tests as from `dist`: the process that runs is always the built one. */
const PROCESS_FILE = fileURLToPath(new URL('../../dist/credentials/courier.process.js', import.meta.url));
const POLL_MS = 100;
/** The provider's time, and that for writing its answer down: a process that takes longer has got stuck. */
const REPORT_LIMIT_MS = EXCHANGE_LIMIT_MS + 20_000;

/**
 * Sends refresh tokens through a process of their own. A provider that rotates refresh tokens accepts each
 * once: if this service were killed between the provider's answer and the commit that keeps it, the account
 * would be lost. The courier writes the answer down whatever becomes of the service, and the next renewal
 * finds it there instead of sending the old token again.
 */
@Injectable()
export class TokenCourier implements OnModuleDestroy {
  private child: ChildProcess | undefined;
  private readonly waiting = new Map<string, (report: CourierReport) => void>();

  constructor(
    @InjectRepository(Renewal) private readonly renewals: Repository<Renewal>,
    private readonly vault: Vault,
    @Inject(CONFIG) private readonly config: AuthServiceConfig,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  /**
   * A `fetch` for one renewal of one credential.
   * The caller holds the account's lock, and deletes the renewal with the commit that keeps what came of it.
   */
  fetchFor(row: Pick<Connection, 'id' | 'projectId' | 'toolkit'>, staleFingerprint: string): TokenFetch {
    let isFirst = true;
    return async (url, init = {}) => {
      // What was kept is for whoever begins anew; a renewal that asks once more, in another way, has read it.
      const earlier = isFirst ? await this.earlierAnswer(row, staleFingerprint) : undefined;
      isFirst = false;
      if (earlier) return toResponse(earlier);
      const { answer, trouble } = await this.send({
        job: randomUUID(),
        projectId: row.projectId,
        connectionId: row.id,
        toolkit: row.toolkit,
        staleFingerprint,
        request: {
          url: String(url),
          method: init.method ?? 'POST',
          headers: Object.fromEntries(new Headers(init.headers)),
          // A token request is a form (RFC 6749, section 4).
          body: new URLSearchParams(init.body as URLSearchParams).toString(),
        },
      });
      if (!answer) throw new ProviderTrouble('unreachable', trouble ?? 'The provider gave no answer.');
      return toResponse(answer);
    };
  }

  /** Lets it finish: what is under way must be written down. */
  async onModuleDestroy(): Promise<void> {
    const { child } = this;
    if (!child?.connected) return;
    const ended = once(child, 'exit');
    child.disconnect();
    await ended;
  }

  /** What a service that was killed had asked for: the answer, if there is one or one may still be coming. */
  private async earlierAnswer(
    row: Pick<Connection, 'id' | 'projectId'>,
    staleFingerprint: string,
  ): Promise<TokenAnswer | undefined> {
    for (;;) {
      const earlier = await this.renewals.findOneBy({ connectionId: row.id, staleFingerprint });
      if (!earlier) return undefined;
      if (earlier.sealedResponse) return this.readAnswer(row, earlier.sealedResponse);
      if (Date.now() - earlier.askedAt.getTime() > EXCHANGE_LIMIT_MS) return undefined;
      await delay(POLL_MS);
    }
  }

  /** One that cannot be read, as under a key that is gone, must not stand in the way of every later renewal. */
  private readAnswer(row: Pick<Connection, 'id' | 'projectId'>, sealed: string): TokenAnswer | undefined {
    try {
      return TokenAnswer.parse(this.vault.open('renewals.sealed_response', row, sealed));
    } catch (error) {
      this.logger.error(
        { err: error, connectionId: row.id },
        'a kept token answer cannot be read; it is dropped',
      );
      return undefined;
    }
  }

  private send(job: CourierJob): Promise<CourierReport> {
    const child = this.running();
    return new Promise((resolve) => {
      const limit = setTimeout(() => this.onStuck(child, job.job), REPORT_LIMIT_MS).unref();
      this.waiting.set(job.job, (report) => {
        clearTimeout(limit);
        resolve(report);
      });
      child.send(job, (error) => {
        if (error) this.settle({ job: job.job, trouble: 'The courier process has ended.' });
      });
    });
  }

  /** Its end settles whatever else waits for it. */
  private onStuck(child: ChildProcess, job: string): void {
    this.logger.error('the courier process does not answer, and is ended');
    child.kill('SIGKILL');
    this.settle({ job, trouble: 'The courier process did not answer in time.' });
  }

  /** Started when it is first needed, and again if it ended. */
  private running(): ChildProcess {
    if (this.child?.connected) return this.child;
    const child = fork(PROCESS_FILE, {
      // Out of our process group: what is sent to the group, or kills it, does not reach the courier.
      detached: true,
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    });
    const settings: CourierSettings = {
      DATABASE_URL: this.config.DATABASE_URL,
      PATCHBAY_ENCRYPTION_KEYS: formatKeyRing(this.config.PATCHBAY_ENCRYPTION_KEYS),
      PATCHBAY_ALLOWED_PRIVATE_HOSTS: this.config.PATCHBAY_ALLOWED_PRIVATE_HOSTS,
      maxAnswerBytes: TOKEN_LIMITS.maxBytes,
    };
    child.send(settings);
    child.on('message', (message) => this.settle(CourierReport.parse(message)));
    child.once('exit', (code) => {
      if (code !== 0)
        this.logger.warn({ code }, 'the courier process ended; the next renewal starts another');
      for (const job of this.waiting.keys()) this.settle({ job, trouble: 'The courier process has ended.' });
    });
    // It must not keep us from ending: onModuleDestroy ends it.
    child.unref();
    child.channel?.unref();
    this.child = child;
    return child;
  }

  private settle(report: CourierReport): void {
    this.waiting.get(report.job)?.(report);
    this.waiting.delete(report.job);
  }
}

function toResponse({ status, contentType, body }: TokenAnswer): Response {
  return new Response(body, { status, headers: { 'content-type': contentType } });
}
