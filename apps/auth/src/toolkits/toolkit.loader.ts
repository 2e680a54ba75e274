import { Inject, Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { LOGGER, NatsClient, type Logger } from '@patchbay/service';
import type { Repository } from 'typeorm';
import { ProjectToolkit } from './project-toolkit.entity.js';
import { ToolkitRegistry } from './toolkit.registry.js';

/** An event may be missed: what is remembered is read again this often. */
const REREAD_MS = 30_000;

/** Keeps the registry in step with the projects' toolkits in the database. */
@Injectable()
export class ToolkitLoader implements OnApplicationBootstrap, OnApplicationShutdown {
  private timer: NodeJS.Timeout | undefined;

  constructor(
    @InjectRepository(ProjectToolkit) private readonly toolkits: Repository<ProjectToolkit>,
    private readonly registry: ToolkitRegistry,
    nats: NatsClient,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {
    nats.onReturn(() => void this.reread());
  }

  async onApplicationBootstrap(): Promise<void> {
    await this.reread();
    this.timer = setInterval(() => void this.reread(), REREAD_MS);
  }

  onApplicationShutdown(): void {
    clearInterval(this.timer);
  }

  async load(): Promise<void> {
    this.registry.learnAll(await this.toolkits.find());
  }

  private async reread(): Promise<void> {
    try {
      await this.load();
    } catch (error) {
      this.logger.warn({ err: error }, "the projects' toolkits could not be read");
    }
  }
}
