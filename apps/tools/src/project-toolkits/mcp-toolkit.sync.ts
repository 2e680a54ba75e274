import { setTimeout as delay } from 'node:timers/promises';
import { Inject, Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { AppError } from '@patchbay/contracts';
import { inBackground, LOGGER, Sweep, type Logger } from '@patchbay/service';
import pMap from 'p-map';
import type { Repository } from 'typeorm';
import type { ToolsConfig } from '../config.js';
import { McpUpstreams } from '../mcp/index.js';
import { CONFIG } from '../settings.module.js';
import { ProjectToolkit } from './project-toolkit.entity.js';
import { ProjectToolkitsService } from './project-toolkits.service.js';
import type { ToolkitKey } from './toolkit.definitions.js';

const ROUND_EVERY_MS = 60_000;
const SERVERS_A_CLAIM = 100;
const SIDE_BY_SIDE = 4;
const READING_LIMIT_MS = 60_000;
/** A server that tells of changes without end is listened to this often. */
const PAUSE_MS = 500;

/**
 * Keeps toolkits in step with their MCP servers: a server tells of changes while a session with it is held, and
 * each at an address is asked now and then, whether one is held or not. A program stays in its version: it is asked again only when it
 * could not be asked last time.
 */
@Injectable()
export class McpToolkitSync extends Sweep {
  /** The toolkits that are read just now; true: once more after it. */
  private readonly reading = new Map<string, boolean>();
  private readonly rereadMs: number;

  constructor(
    @InjectRepository(ProjectToolkit) private readonly toolkits: Repository<ProjectToolkit>,
    private readonly service: ProjectToolkitsService,
    @Inject(CONFIG)
    { PATCHBAY_MCP_REREAD_SECONDS: seconds }: Pick<ToolsConfig, 'PATCHBAY_MCP_REREAD_SECONDS'>,
    @Inject(LOGGER) protected readonly logger: Logger,
    upstreams: McpUpstreams,
  ) {
    super('the sweep of MCP servers', Math.min(seconds * 1000, ROUND_EVERY_MS));
    this.rereadMs = seconds * 1000;
    upstreams.onToolsChanged = (toolkit) =>
      void this.catchUp(toolkit).catch((error: unknown) =>
        this.logger.warn({ err: error, toolkit: toolkit.slug }, 'changed tools could not be read'),
      );
  }

  /** A server that wants a sign-in, or a program that wants values, shows its tools to users who have signed in: the first one is used. */
  async onConnected(projectId: string, slug: string): Promise<void> {
    const row = await this.toolkits.findOneBy({ projectId, slug });
    if (row && row.source.type !== 'openapi' && row.latest.tools.length === 0)
      await this.catchUp({ projectId, slug });
  }

  protected async round(): Promise<void> {
    // Of many servers more are due than one claim takes.
    for (let due = await this.claim(); due.length > 0; due = await this.claim()) {
      await pMap(due, (toolkit) => this.catchUp(toolkit), { concurrency: SIDE_BY_SIDE });
      if (due.length < SERVERS_A_CLAIM) return;
    }
  }

  /** Each toolkit by one replica: the one that marks it as read reads it. */
  private async claim(): Promise<ToolkitKey[]> {
    const [rows] = await this.toolkits.query<[{ project_id: string; slug: string }[], number]>(
      `UPDATE project_toolkits SET read_at = now()
        WHERE (project_id, slug) IN (
          SELECT project_id, slug FROM project_toolkits
           WHERE (source->>'type' = 'mcp' OR (source->>'type' = 'stdio' AND problem IS NOT NULL)) AND read_at < $1
           ORDER BY read_at LIMIT $2 FOR UPDATE SKIP LOCKED)
        RETURNING project_id, slug`,
      [new Date(Date.now() - this.rereadMs), SERVERS_A_CLAIM],
    );
    return rows.map(({ project_id: projectId, slug }) => ({ projectId, slug }));
  }

  /** Never twice at once for one toolkit: a change that is heard meanwhile is read after it. */
  private async catchUp(toolkit: ToolkitKey): Promise<void> {
    const key = `${toolkit.projectId} ${toolkit.slug}`;
    if (this.reading.has(key)) {
      this.reading.set(key, true);
      return;
    }
    try {
      do {
        this.reading.set(key, false);
        await inBackground(READING_LIMIT_MS, () => this.read(toolkit));
        await delay(PAUSE_MS);
      } while (this.reading.get(key));
    } finally {
      this.reading.delete(key);
    }
  }

  /** Why it could not be read is kept with the toolkit. */
  private async read({ projectId, slug }: ToolkitKey): Promise<void> {
    try {
      await this.service.refresh({ projectId, slug });
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      this.logger.info({ toolkit: slug, reason: error.message }, 'an MCP server could not be read');
    }
  }
}
