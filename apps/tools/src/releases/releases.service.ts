import { Injectable } from '@nestjs/common';
import { AppError } from '@patchbay/contracts';
import { LRUCache } from 'lru-cache';
import { DataSource, type EntityManager } from 'typeorm';
import { Catalogue, type CataloguePart } from '../toolkits/index.js';
import { contentOf, toolkitFrom, type Content } from './content.js';
import { preparedContents } from './prepared.contents.js';
import { ToolkitContent, ToolkitRelease } from './toolkit-release.entity.js';

/** What was built of earlier releases: sessions of a few of them are in use at a time. */
const BUILT = { max: 20 };
/** Replicas that start at once write one after the other. */
const LOCK = 'patchbay.toolkit_releases';

/** What each toolkit was since when, oldest first, without what is in it. */
type History = Map<string, { since: number; sha256: string }[]>;

/**
 * What ships, as it was at a moment. Each release writes down what it changed, once, so that sessions go on with the
 * tools that they were made with.
 */
@Injectable()
export class ReleasesService {
  private readonly built = new LRUCache<string, Catalogue>(BUILT);
  private reading: Promise<History> | undefined;
  private readonly contents = new Map<string, Content['sha256']>();
  /** When a toolkit changed last: sessions made since have what ships today. */
  private newest = Infinity;

  constructor(
    private readonly shipped: Catalogue,
    private readonly dataSource: DataSource,
  ) {}

  /** What ships today, with older toolkits in the place of those that have changed since. */
  async at(moment: string): Promise<readonly CataloguePart[]> {
    const history = await this.history();
    const time = Date.parse(moment);
    if (time >= this.newest) return [{ catalogue: this.shipped }];
    const older = [...history].flatMap(([slug, releases]) => {
      const then = releases.findLast(({ since }) => since <= time) ?? releases[0];
      return then && then.sha256 !== this.contents.get(slug) ? [{ slug, sha256: then.sha256 }] : [];
    });
    if (older.length === 0) return [{ catalogue: this.shipped }];
    const key = JSON.stringify(older);
    let catalogue = this.built.get(key);
    if (!catalogue) this.built.set(key, (catalogue = await this.build(older)));
    return [{ catalogue }, { catalogue: this.shipped, without: new Set(older.map(({ slug }) => slug)) }];
  }

  /** Read once: what other releases write down is not about this one. */
  history(): Promise<History> {
    this.reading ??= this.record().catch((cause: unknown) => {
      this.reading = undefined;
      throw new AppError('unavailable', 'Tool versions of earlier releases cannot be read at the moment.', {
        cause,
      });
    });
    return this.reading;
  }

  private async record(): Promise<History> {
    const prepared = await preparedContents();
    // Of a vendor's MCP server each project keeps its own versions.
    const pinned = this.shipped.toolkits.filter(({ awaitsAccount }) => !awaitsAccount);
    const contents = pinned.map(({ slug, version }) => {
      const entries = this.shipped.entriesOf(slug);
      const content = prepared(slug, entries) ?? contentOf(version, entries);
      this.contents.set(slug, content.sha256);
      return { slug, content };
    });
    return this.dataSource.transaction(async (manager) => {
      await manager.query('SELECT pg_advisory_xact_lock(hashtext($1))', [LOCK]);
      const history = await readHistory(manager);
      for (const { slug, content } of contents) {
        const releases = history.get(slug) ?? [];
        if (releases.at(-1)?.sha256 === content.sha256) continue;
        history.set(slug, [...releases, await write(manager, slug, content)]);
      }
      this.newest = Math.max(...[...history.values()].flat().map(({ since }) => since));
      return history;
    });
  }

  private async build(older: { slug: string; sha256: string }[]): Promise<Catalogue> {
    const toolkits = older.map(async ({ slug, sha256 }) => {
      const today = this.shipped.entriesOf(slug)[0]?.toolkit;
      // A toolkit that was taken away is gone for all.
      if (!today) return [];
      const { content } = await this.dataSource.manager.findOneByOrFail(ToolkitContent, { sha256 });
      return [await toolkitFrom(content, today)];
    });
    return new Catalogue((await Promise.all(toolkits)).flat());
  }
}

async function readHistory(manager: EntityManager): Promise<History> {
  const history: History = new Map();
  for (const { slug, since, contentSha256: sha256 } of await manager.find(ToolkitRelease, {
    order: { since: 'ASC' },
  })) {
    history.set(slug, [...(history.get(slug) ?? []), { since: since.getTime(), sha256 }]);
  }
  return history;
}

async function write(manager: EntityManager, slug: string, content: Content) {
  const { sha256 } = content;
  const row = { sha256, content: await content.compressed() };
  await manager.createQueryBuilder().insert().into(ToolkitContent).values(row).orIgnore().execute();
  const since = new Date();
  await manager.insert(ToolkitRelease, { slug, since, contentSha256: sha256 });
  return { since: since.getTime(), sha256 };
}
