import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { EventCache, NatsClient } from '@patchbay/service';
import type { Repository } from 'typeorm';
import { ProjectTuning } from './project.tuning.js';
import { ToolTuningRow } from './tool-tuning.entity.js';

const PROJECTS = { max: 2_000, ttlMs: 30_000 };

/** What projects say of their tools, in memory: a search reads no table. */
@Injectable()
export class ProjectTunings {
  private readonly tunings: EventCache<Kept>;
  /** An index of aliases outlives the rows that it was made of, when they are read again and are the same. */
  private readonly last = new Map<string, Kept>();

  constructor(
    @InjectRepository(ToolTuningRow) private readonly rows: Repository<ToolTuningRow>,
    nats: NatsClient,
  ) {
    this.tunings = new EventCache(nats, { ...PROJECTS, load: (projectId) => this.load(projectId) });
  }

  /** @returns undefined where a project says nothing */
  async of(projectId: string): Promise<ProjectTuning | undefined> {
    return (await this.tunings.get(projectId)).tuning;
  }

  drop(projectId: string): void {
    this.tunings.drop(projectId);
  }

  private async load(projectId: string): Promise<Kept> {
    const rows = await this.rows.find({ where: { projectId }, order: { toolSlug: 'ASC' } });
    if (rows.length === 0) {
      this.last.delete(projectId);
      return NOTHING;
    }
    const content = JSON.stringify(rows.map(({ toolSlug, aliases, boost }) => [toolSlug, aliases, boost]));
    const before = this.last.get(projectId);
    if (before?.content === content) return before;
    const kept = { content, tuning: tuningOf(rows) };
    this.last.set(projectId, kept);
    if (this.last.size > PROJECTS.max) this.last.delete(this.last.keys().next().value ?? '');
    return kept;
  }
}

interface Kept {
  content: string;
  tuning: ProjectTuning | undefined;
}
const NOTHING: Kept = { content: '', tuning: undefined };

function tuningOf(rows: readonly ToolTuningRow[]): ProjectTuning {
  return new ProjectTuning(
    new Map(rows.map(({ toolSlug, aliases }) => [toolSlug, aliases])),
    new Map(rows.map(({ toolSlug, boost }) => [toolSlug, boost])),
  );
}
