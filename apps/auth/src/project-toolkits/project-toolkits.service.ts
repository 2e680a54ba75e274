import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import {
  AppError,
  toolkitRegistered,
  type InputOf,
  type openToolkitHeaders,
  type OutputOf,
  type registerToolkit,
  type unregisterToolkit,
} from '@patchbay/contracts';
import { Transactions } from '@patchbay/database';
import type { Repository } from 'typeorm';
import { z } from 'zod';
import { AuthConfig } from '../accounts/index.js';
import { ConfigLifecycleService } from '../auth-configs/index.js';
import { OriginBindingsService } from '../origin-bindings/index.js';
import { originOf } from '../schemes/index.js';
import { ProjectToolkit, toolkitKey, ToolkitRegistry, toToolkit } from '../toolkits/index.js';
import { Vault } from '../vault/index.js';

const Headers = z.record(z.string(), z.string());

/** How the toolkits that projects add authenticate: kept here, and known to every replica. */
@Injectable()
export class ProjectToolkitsService {
  constructor(
    @InjectRepository(ProjectToolkit) private readonly toolkits: Repository<ProjectToolkit>,
    @InjectRepository(AuthConfig) private readonly configs: Repository<AuthConfig>,
    private readonly bindings: OriginBindingsService,
    private readonly lifecycle: ConfigLifecycleService,
    private readonly registry: ToolkitRegistry,
    private readonly transactions: Transactions,
    private readonly vault: Vault,
  ) {}

  async register(input: InputOf<typeof registerToolkit>): Promise<OutputOf<typeof registerToolkit>> {
    const { projectId, toolkit, headers = input.values } = input;
    const { slug } = toolkit;
    if (!toolkit.ships && this.registry.isTaken(slug)) {
      throw new AppError('conflict', `A toolkit ${slug} ships already: choose another slug.`);
    }
    await this.transactions.run(async (manager, emit) => {
      const id = toolkitKey(projectId, slug);
      const kept = await manager.findOneBy(ProjectToolkit, { id });
      const origin = originOf(toolkit.baseUrl ?? '');
      const isSameOrigin = kept !== null && kept.headersFor === origin;
      const sealedHeaders = headers
        ? this.vault.seal('project_toolkits.sealed_headers', { projectId, id }, headers)
        : isSameOrigin
          ? kept.sealedHeaders
          : null;
      await manager.save(ProjectToolkit, {
        id,
        projectId,
        slug,
        registration: toolkit,
        sealedHeaders,
        headersFor: sealedHeaders && origin,
      });
      const before = kept ? toToolkit(kept.registration) : undefined;
      await this.bindings.move(
        manager,
        emit,
        { projectId, toolkit: slug },
        { before, after: toToolkit(toolkit) },
      );
      await emit(toolkitRegistered, projectId, { projectId, slug, toolkit });
    });
    this.registry.learn(projectId, slug, toolkit);
    return {};
  }

  /** Its accounts go with it, each as if its auth config had been deleted. */
  async unregister(input: InputOf<typeof unregisterToolkit>): Promise<OutputOf<typeof unregisterToolkit>> {
    const { projectId, slug } = input;
    const configs = await this.configs.findBy({ projectId, toolkit: slug });
    let accounts = 0;
    for (const { id } of configs) {
      accounts += (await this.lifecycle.delete({ projectId, id, revoke: true })).accounts;
    }
    await this.transactions.run(async (manager, emit) => {
      await manager.delete(ProjectToolkit, { id: toolkitKey(projectId, slug) });
      await emit(toolkitRegistered, projectId, { projectId, slug, toolkit: null });
    });
    this.registry.learn(projectId, slug, null);
    return { authConfigs: configs.length, accounts };
  }

  async openHeaders(input: InputOf<typeof openToolkitHeaders>): Promise<OutputOf<typeof openToolkitHeaders>> {
    const { projectId, slug, address } = input;
    const id = toolkitKey(projectId, slug);
    const row = await this.toolkits.findOneBy({ id });
    if (!row?.sealedHeaders || row.headersFor !== originOf(address)) return { headers: {} };
    return {
      headers: Headers.parse(
        this.vault.open('project_toolkits.sealed_headers', { projectId, id }, row.sealedHeaders),
      ),
    };
  }
}
