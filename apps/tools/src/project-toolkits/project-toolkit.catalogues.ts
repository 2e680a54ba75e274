import { createHash } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import type { ToolVersions } from '@patchbay/contracts';
import { EventCache, NatsClient } from '@patchbay/service';
import type { InstalledToolkit } from '@patchbay/toolkits';
import { LRUCache } from 'lru-cache';
import pMap from 'p-map';
import type { Repository } from 'typeorm';
import { Catalogue, versionFor, type VersionChoice } from '../toolkits/index.js';
import { servedOf } from './definition.js';
import { ProjectToolkit, ProjectToolkitVersion } from './project-toolkit.entity.js';
import { TOOLKITS } from '../settings.module.js';
import { asVendors, toInstalled } from './installed-toolkit.js';

const PROJECTS = { max: 2_000, ttlMs: 30_000 };
/** ProjectCatalogues that were built, of all projects: the newest ones and those of older sessions. */
const CATALOGUES_KEPT = 500;
/** Versions of toolkits that were read, of all projects: when one changed, the others need not be read again. */
const VERSIONS_KEPT = 5_000;
/** Of one project at a time, so that there are connections to the database left for the others. */
const READ_SIDE_BY_SIDE = 2;

/** Moments and names of versions of one project that are asked for again and again: those of its sessions. */
const CHOICES_KEPT = 200;

/** Which versions of its toolkits a project has, without what is in them. */
interface Holding {
  toolkits: HeldToolkit[];
  /** What was chosen of them: calls ask for the same again, and a project may have a thousand toolkits. */
  choices: LRUCache<string, NamedChoice>;
}

/** The catalogues of the toolkits that projects added for themselves. */
@Injectable()
export class ProjectToolkitCatalogues {
  private readonly holdings: EventCache<Holding>;
  private readonly shipped: ReadonlyMap<string, InstalledToolkit>;
  // Concurrent callers wait for the one that is being built or read.
  private readonly built = new LRUCache<string, Catalogue, Choice>({
    max: CATALOGUES_KEPT,
    fetchMethod: (_key, _old, { context }) => this.build(context),
  });
  private readonly installed = new LRUCache<string, InstalledToolkit, OneChoice>({
    max: VERSIONS_KEPT,
    fetchMethod: (_key, _old, { context }) => this.read(context),
  });

  constructor(
    @InjectRepository(ProjectToolkit) private readonly toolkits: Repository<ProjectToolkit>,
    @InjectRepository(ProjectToolkitVersion) private readonly versions: Repository<ProjectToolkitVersion>,
    nats: NatsClient,
    @Inject(TOOLKITS) shipped: readonly InstalledToolkit[],
  ) {
    this.shipped = new Map(shipped.map((toolkit) => [toolkit.slug, toolkit]));
    this.holdings = new EventCache(nats, { ...PROJECTS, load: (projectId) => this.load(projectId) });
  }

  /** A toolkit that has no version of the name that is asked for is not in it. */
  async of(projectId: string, { at, versions: named }: VersionChoice): Promise<Catalogue | undefined> {
    const { toolkits, choices } = await this.holdings.get(projectId);
    if (toolkits.length === 0) return undefined;
    const asked = JSON.stringify([at, named]);
    const known = choices.get(asked);
    const choice =
      known ?? nameOf({ projectId, wanted: chosen(toolkits, at ? Date.parse(at) : Infinity, named) });
    if (!known) choices.set(asked, choice);
    return this.built.forceFetch(choice.name, { context: choice });
  }

  drop(projectId: string): void {
    this.holdings.drop(projectId);
  }

  /** Small, and asked again now and then: the definitions themselves are read only when something changed. */
  private async load(projectId: string): Promise<Holding> {
    const rows: { slug: string; version: string; approved_at: Date; updated_at: Date }[] =
      await this.versions.query(
        `SELECT version.slug, version.version, version.approved_at, toolkit.updated_at
           FROM project_toolkit_versions version JOIN project_toolkits toolkit USING (project_id, slug)
          WHERE project_id = $1
          ORDER BY version.slug, version.approved_at`,
        [projectId],
      );
    const toolkits = new Map<string, HeldToolkit>();
    for (const { slug, version, approved_at, updated_at } of rows) {
      const held = toolkits.get(slug) ?? { slug, availableVersions: [], versions: [] };
      toolkits.set(slug, held);
      held.availableVersions.unshift(version);
      held.versions.push({ version, approvedAt: approved_at.getTime(), changedAt: updated_at.getTime() });
    }
    return { toolkits: [...toolkits.values()], choices: new LRUCache({ max: CHOICES_KEPT }) };
  }

  private async build({ projectId, wanted }: Choice): Promise<Catalogue> {
    const read = (one: Wanted) => {
      const context = { projectId, one };
      return this.installed.forceFetch(JSON.stringify(context), { context });
    };
    const installed = await pMap(wanted, read, { concurrency: READ_SIDE_BY_SIDE });
    // Two toolkits may make the same slug of different words; the first one has it.
    const taken = new Set<string>();
    const isFree = ({ slug }: { slug: string }) => !taken.has(slug) && taken.add(slug);
    return new Catalogue(installed.map((toolkit) => ({ ...toolkit, tools: toolkit.tools.filter(isFree) })));
  }

  private async read({ projectId, one }: OneChoice): Promise<InstalledToolkit> {
    const { slug, version, isNewest } = one;
    const { definition } = await this.versions.findOneByOrFail({ projectId, slug, version });
    const { latest, source } = await this.toolkits.findOneByOrFail({ projectId, slug });
    const served = isNewest ? servedOf(definition, latest) : definition;
    const installed = toInstalled(projectId, one, served);
    return source.ships ? asVendors(installed, this.shipped.get(slug)) : installed;
  }
}

/** Which versions make a catalogue. */
interface Choice {
  projectId: string;
  wanted: Wanted[];
}
/** Under a name that is short, however many toolkits there are. */
interface NamedChoice extends Choice {
  name: string;
}
interface OneChoice {
  projectId: string;
  one: Wanted;
}

interface HeldToolkit {
  slug: string;
  /** Newest first. */
  availableVersions: string[];
  /** Oldest first. */
  versions: { version: string; approvedAt: number; changedAt: number }[];
}

interface Wanted {
  slug: string;
  version: string;
  /** Newest first. */
  availableVersions: string[];
  /** Without tools that are gone since; an older session keeps what it began with. */
  isNewest: boolean;
  changedAt: number | null;
}

/**
 * Of each toolkit the version of that name; without a name the newest version that was there then, or the first
 * one of a toolkit that came later.
 */
function chosen(toolkits: HeldToolkit[], at: number, named: ToolVersions | undefined): Wanted[] {
  return toolkits.flatMap(({ slug, availableVersions, versions: own }) => {
    const name = versionFor(named, slug);
    const then = own.findLast(({ approvedAt }) => approvedAt <= at) ?? own[0];
    const there = name ? own.find(({ version }) => version === name) : then;
    if (!there) return [];
    const isNewest = there === own.at(-1);
    const { version, changedAt } = there;
    return [{ slug, version, availableVersions, isNewest, changedAt: isNewest ? changedAt : null }];
  });
}

function nameOf(choice: Choice): NamedChoice {
  return { ...choice, name: createHash('sha256').update(JSON.stringify(choice)).digest('base64url') };
}
