import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import {
  AppError,
  pageOfList,
  toolTuningChanged,
  type deleteToolTuning,
  type getToolTuning,
  type InputOf,
  type listToolTunings,
  type OutputOf,
  type setToolTuning,
  type ToolTuning,
} from '@patchbay/contracts';
import { Transactions } from '@patchbay/database';
import { wordsOf } from '@patchbay/search';
import type { Repository } from 'typeorm';
import { recordAct } from '../audit.js';
import { CatalogueService } from '../catalogue/index.js';
import { ToolTuningRow } from '../search/index.js';

/** All of a project's are in memory, and each alias is a row of an index. */
const TUNED_AT_MOST = 1_000;

/** What projects say of their tools for searching. It stays when a toolkit is read again, or is added anew. */
@Injectable()
export class SearchTuningService {
  constructor(
    @InjectRepository(ToolTuningRow) private readonly rows: Repository<ToolTuningRow>,
    private readonly transactions: Transactions,
    private readonly catalogue: CatalogueService,
  ) {}

  async list(input: InputOf<typeof listToolTunings>): Promise<OutputOf<typeof listToolTunings>> {
    const { projectId, toolkit } = input;
    const rows = await this.rows.find({
      where: { projectId, ...(toolkit && { toolkit }) },
      order: { toolkit: 'ASC', toolSlug: 'ASC' },
    });
    return pageOfList(rows.map(toView), input);
  }

  async get(input: InputOf<typeof getToolTuning>): Promise<ToolTuning> {
    const row = await this.rows.findOneBy(await this.keyOf(input));
    if (!row) throw nothingSaid(input.toolSlug);
    return toView(row);
  }

  async set(input: InputOf<typeof setToolTuning>): Promise<ToolTuning> {
    const { projectId } = input;
    const { definition } = await this.catalogue.entry(projectId, input.toolSlug);
    const key = { projectId, toolSlug: definition.slug };
    const said = { aliases: withoutRepeats(input.aliases), boost: input.boost };
    const row = await this.transactions.run(async (manager, emit) => {
      await this.requireRoom(key);
      const next = { ...key, ...said, toolkit: definition.toolkit.slug, updatedAt: new Date() };
      const before = await manager.findOneBy(ToolTuningRow, key);
      await manager.save(ToolTuningRow, next);
      const changed = (['aliases', 'boost'] as const).filter(
        (field) => String(before?.[field] ?? (field === 'boost' ? 1 : [])) !== String(said[field]),
      );
      await recordAct(emit, {
        action: 'tool_tuning.set',
        projectId,
        target: { type: 'tool', id: key.toolSlug },
        changed,
      });
      await emit(toolTuningChanged, projectId, key);
      return next;
    });
    return toView(row);
  }

  async delete(input: InputOf<typeof deleteToolTuning>): Promise<OutputOf<typeof deleteToolTuning>> {
    const key = await this.keyOf(input);
    const { projectId, toolSlug } = key;
    await this.transactions.run(async (manager, emit) => {
      const { affected } = await manager.delete(ToolTuningRow, key);
      if (affected === 0) throw nothingSaid(toolSlug);
      await recordAct(emit, {
        action: 'tool_tuning.deleted',
        projectId,
        target: { type: 'tool', id: toolSlug },
      });
      await emit(toolTuningChanged, projectId, key);
    });
    return { toolSlug };
  }

  /** The project is gone. */
  async deleteAllOf(projectId: string): Promise<void> {
    await this.rows.delete({ projectId });
  }

  /** By the slug that the tool has now; one that is gone is still named by the slug that it had. */
  private async keyOf({ projectId, toolSlug }: InputOf<typeof getToolTuning>) {
    const known = await this.catalogue.slugNow(projectId, toolSlug);
    return { projectId, toolSlug: known ?? toolSlug };
  }

  private async requireRoom({ projectId, toolSlug }: { projectId: string; toolSlug: string }): Promise<void> {
    if ((await this.rows.countBy({ projectId })) < TUNED_AT_MOST) return;
    if (await this.rows.existsBy({ projectId, toolSlug })) return;
    throw new AppError('invalid_request', `A project may tune ${TUNED_AT_MOST} tools, and this one does.`, {
      suggestion: 'Delete the tuning of a tool that is found without it.',
    });
  }
}

/** @throws AppError `invalid_request` for one that no search could find */
function withoutRepeats(aliases: readonly string[]): string[] {
  const wordless = aliases.findIndex((alias) => wordsOf(alias).length === 0);
  if (wordless >= 0) {
    throw new AppError('invalid_request', 'An alias has no word that a search looks for.', {
      issues: [`aliases.${wordless}: has no word of its own`],
    });
  }
  return [...new Map(aliases.map((alias) => [alias.toLowerCase(), alias])).values()];
}

function toView({ toolSlug, toolkit, aliases, boost, updatedAt }: ToolTuningRow): ToolTuning {
  // Four bytes hold 1.2 as 1.2000000476837158.
  return {
    toolSlug,
    toolkit,
    aliases,
    boost: Number(boost.toPrecision(6)),
    updatedAt: updatedAt.toISOString(),
  };
}

function nothingSaid(toolSlug: string): AppError {
  return new AppError('not_found', `This project says nothing of ${toolSlug} for searching.`);
}
