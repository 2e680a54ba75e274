import { Inject, Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import {
  AppError,
  pageOfList,
  type deleteToolkit,
  type InputOf,
  type listProjectToolkits,
  type listToolkitChanges,
  type OutputOf,
  type ProjectToolkit as ProjectToolkitView,
  type refreshToolkit,
  type ToolkitImport,
  type upsertToolkit,
} from '@patchbay/contracts';
import type { InstalledToolkit } from '@patchbay/toolkits';
import { Raw, type Repository } from 'typeorm';
import { Catalogue } from '../toolkits/index.js';
import type { ToolsConfig } from '../config.js';
import { CONFIG, TOOLKITS } from '../settings.module.js';
import { changesBetween } from './definition.changes.js';
import { digestOf, heldBack } from './definition.js';
import { ProjectToolkit, type KeptSource } from './project-toolkit.entity.js';
import { isWhere, requireSameServer, secretsOf, SourceChoice } from './source.choice.js';
import { placeOf, SourceReader } from './source.reader.js';
import { notFound, ToolkitDefinitions, type ToolkitKey } from './toolkit.definitions.js';

/** Toolkits that projects add for themselves at run time. */
@Injectable()
export class ProjectToolkitsService {
  constructor(
    @InjectRepository(ProjectToolkit) private readonly toolkits: Repository<ProjectToolkit>,
    private readonly definitions: ToolkitDefinitions,
    private readonly shipped: Catalogue,
    private readonly sources: SourceReader,
    private readonly choice: SourceChoice,
    @Inject(CONFIG) private readonly config: Pick<ToolsConfig, 'PATCHBAY_PROJECT_TOOLKITS'>,
    @Inject(TOOLKITS) private readonly installed: readonly InstalledToolkit[],
  ) {}

  async upsert(input: InputOf<typeof upsertToolkit>): Promise<ToolkitImport> {
    const { projectId, slug, approve, logo } = input;
    const before = await this.toolkits.findOneBy({ projectId, slug });
    // What the project had before one of its slug shipped stays its own.
    if (!before || before.source.ships) this.requireFree(slug);
    if (!before) await this.requireRoom(projectId);
    const { source, auth, registry, title } = await this.choice.of(input);
    const url = placeOf(source);
    if (before && auth) requireSameServer(before.source, { url, auth });
    const secrets = secretsOf(source);
    const name = input.name ?? before?.name ?? title;
    const approved = before ? (await this.definitions.approved(before)).definition : null;
    if (approved && secrets && !approve && !isWhere(source, approved)) {
      const what = secrets.headers
        ? 'Headers are not sent to another address'
        : 'Values go to no other program';
      throw new AppError('conflict', `${what} before it is approved.`, {
        suggestion: 'Send "approve": true with it.',
      });
    }
    const request = {
      projectId,
      slug,
      name,
      source,
      before,
      approved,
      auth,
      logo: logo ?? before?.source.logo,
    };
    const { definition, ...report } = await this.sources.read(request);
    const kept: KeptSource = {
      type: source.type,
      url,
      ...(source.type === 'openapi' && { baseUrl: source.baseUrl }),
      ...(auth && { auth }),
      ...(request.logo && { logo: request.logo }),
      ...(registry && { registry }),
    };
    const row = { projectId, slug, name: name ?? null, source: kept };
    await this.definitions.keep(row, definition, { action: 'toolkit.upserted', approve, secrets });
    return { toolkit: await this.get(row), ...report };
  }

  /**
   * Makes a vendor's MCP server that ships the project's, if it is not yet: how it is signed in to is found out, and its tools
   * are read where it shows them to anybody. All it is asked for is what ships of it, so that whoever may connect accounts may.
   * @throws AppError `invalid_request` when nobody can sign in there; `unavailable` when it did not answer
   */
  async prepare({ projectId, slug }: ToolkitKey): Promise<void> {
    const shipped = this.installed.find((toolkit) => toolkit.slug === slug);
    if (!shipped?.server || (await this.toolkits.existsBy({ projectId, slug }))) return;
    const { name, logo, baseUrl: url = '', server } = shipped;
    const source = { type: 'mcp', url } as const;
    const auth = [...server.auth];
    const nothing = { before: null, approved: null };
    const reading = await this.sources.read({ projectId, slug, name, source, auth, logo, ...nothing });
    const row = { projectId, slug, name, source: { ...source, auth, logo, ships: true as const } };
    await this.definitions.keep(row, reading.definition, {});
  }

  /** Reads the source once more; what differs is held back. */
  async refresh({ connectionId, ...key }: InputOf<typeof refreshToolkit>): Promise<ToolkitImport> {
    const row = (await this.toolkits.findOneBy(key)) ?? (await this.prepared(key));
    const { type, url, baseUrl, auth, logo } = row.source;
    if (!url) {
      throw new AppError(
        'invalid_request',
        `${row.slug} was given as a document, which is not kept: there is nothing to read again.`,
        { suggestion: 'Send the document in another upsert to change the toolkit.' },
      );
    }
    const { program, auth: specs } = row.latest;
    const source =
      type === 'stdio' && program
        ? { type, program, auth: specs }
        : type === 'openapi'
          ? { type, url, baseUrl }
          : { type: 'mcp' as const, url };
    try {
      const name = row.name ?? undefined;
      const { definition: approved } = await this.definitions.approved(key);
      const request = { ...key, name, source, before: row, approved, auth, logo, connectionId };
      const { definition, ...report } = await this.sources.read(request);
      // The caller who added a server that wants a sign-in approved the tools that it would show, and no other sign-in.
      const isFirst = row.latest.auth.length > 0 && row.latest.tools.length === 0;
      const approve = isFirst && !heldBack(approved, definition)?.settings;
      await this.definitions.keep(row, definition, { action: 'toolkit.refreshed', approve });
      return { toolkit: await this.get(key), ...report };
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      await this.toolkits.update(key, { problem: error.message, readAt: new Date() });
      throw error;
    }
  }

  async approve(key: ToolkitKey): Promise<ProjectToolkitView> {
    await this.definitions.approve(key);
    return this.get(key);
  }

  async refuse(key: ToolkitKey): Promise<ProjectToolkitView> {
    await this.definitions.refuse(key);
    return this.get(key);
  }

  async changes(input: InputOf<typeof listToolkitChanges>): Promise<OutputOf<typeof listToolkitChanges>> {
    const { latest } = await this.row(input);
    const { definition } = await this.definitions.approved(input);
    return pageOfList(changesBetween(definition, latest), input);
  }

  async get(key: ToolkitKey): Promise<ProjectToolkitView> {
    return this.toView(await this.row(key));
  }

  async list(input: InputOf<typeof listProjectToolkits>): Promise<OutputOf<typeof listProjectToolkits>> {
    const { projectId } = input;
    const rows = await this.toolkits.find({ where: { projectId }, order: { slug: 'ASC' } });
    const page = pageOfList(rows, input);
    return { ...page, items: await Promise.all(page.items.map((row) => this.toView(row))) };
  }

  async delete(key: ToolkitKey): Promise<OutputOf<typeof deleteToolkit>> {
    const { slug } = await this.row(key);
    return { slug, ...(await this.definitions.delete(key)) };
  }

  private requireFree(slug: string): void {
    if (this.shipped.toolkit(slug)) {
      throw new AppError('conflict', `A toolkit ${slug} ships already: choose another slug.`);
    }
    // Tools are named after their toolkit, and the tools of this prefix act on the session.
    if (slug.startsWith('composio'))
      throw new AppError('conflict', 'Slugs that begin with composio are taken.');
  }

  private async requireRoom(projectId: string): Promise<void> {
    const { PATCHBAY_PROJECT_TOOLKITS: most } = this.config;
    // Those that ship are no more than ship.
    const source = Raw((column) => `${column} ->> 'ships' IS NULL`);
    if (most === 0 || (await this.toolkits.countBy({ projectId, source })) < most) return;
    throw new AppError(
      'invalid_request',
      `A project may have ${most} toolkits of its own, and this one has them.`,
      {
        suggestion:
          'Delete one that is not used, or ask the operator for a larger PATCHBAY_PROJECT_TOOLKITS.',
      },
    );
  }

  private async prepared(key: ToolkitKey): Promise<ProjectToolkit> {
    await this.prepare(key);
    return this.row(key);
  }

  private async row({ projectId, slug }: ToolkitKey): Promise<ProjectToolkit> {
    const row = await this.toolkits.findOneBy({ projectId, slug });
    if (!row) throw notFound(slug);
    return row;
  }

  private async toView(row: ProjectToolkit): Promise<ProjectToolkitView> {
    const { slug, latest, source } = row;
    const { definition: approved, version } = await this.definitions.approved(row);
    const held = heldBack(approved, latest);
    const hasRefused = held !== null && row.refused !== null && row.refused === digestOf(latest);
    return {
      slug,
      name: approved.name,
      description: approved.description,
      version,
      source: { type: source.type, url: source.url, registry: source.registry ?? null },
      authSchemes: approved.auth.map(({ scheme }) => scheme),
      toolCount: approved.tools.length,
      ships: source.ships === true,
      heldBack: hasRefused ? null : held,
      hasRefused,
      problem: row.problem,
      createdAt: row.createdAt.toISOString(),
      updatedAt: row.updatedAt.toISOString(),
    };
  }
}
