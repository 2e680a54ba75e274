import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import {
  AppError,
  newId,
  type beginIncident,
  type Incident,
  type InputOf,
  type listIncidents,
  type OutputOf,
} from '@patchbay/contracts';
import { pageByTime, Transactions } from '@patchbay/database';
import { currentContext } from '@patchbay/service';
import type { EntityManager, Repository } from 'typeorm';
import { recordAct } from '../audit.js';
import { Project } from '../projects/index.js';
import { accountsLeft } from './incident.scope.js';
import { IncidentRevocation } from './incident-revocation.entity.js';
import { IncidentSweep } from './incident.sweep.js';
import { IncidentRow } from './incident.entity.js';

/** Begins incidents, and says how far they have come. */
@Injectable()
export class IncidentsService {
  constructor(
    @InjectRepository(IncidentRow) private readonly incidents: Repository<IncidentRow>,
    private readonly transactions: Transactions,
    private readonly sweep: IncidentSweep,
  ) {}

  async begin(input: InputOf<typeof beginIncident>): Promise<Incident> {
    const { projectId = null, userId = null, toolkit = null, reason = null } = input;
    const acts = [...new Set(input.acts)].toSorted();
    const row = await this.transactions.run(async (manager, emit) => {
      if (projectId && !(await manager.existsBy(Project, { id: projectId })))
        throw new AppError('not_found', `There is no project ${projectId}.`);
      // Of two that begin the same at once, the second finds the first.
      await manager.query(`SELECT pg_advisory_xact_lock(hashtext('patchbay auth incidents'))`);
      const running = await manager
        .createQueryBuilder(IncidentRow, 'incident')
        .where(
          `incident.finished_at IS NULL AND incident.acts = :acts AND incident.project_id IS NOT DISTINCT FROM :projectId
            AND incident.user_id IS NOT DISTINCT FROM :userId AND incident.toolkit IS NOT DISTINCT FROM :toolkit`,
          { acts, projectId, userId, toolkit },
        )
        .getOne();
      if (running) return running;
      const actor = currentContext()?.actor ?? null;
      const begun = { id: newId('incident'), projectId, userId, toolkit, acts, reason, actor };
      await manager.insert(IncidentRow, begun);
      const target = { type: 'incident', id: begun.id, ...(userId && { userId }) } as const;
      const changed = [...acts, ...(toolkit ? [`toolkit:${toolkit}`] : [])];
      await recordAct(emit, {
        action: 'incident.begun',
        projectId,
        target,
        changed,
        reason: reason ?? undefined,
      });
      return manager.findOneByOrFail(IncidentRow, { id: begun.id });
    });
    this.sweep.nudge();
    return this.toIncident(row);
  }

  async get(id: string): Promise<Incident> {
    const row = await this.incidents.findOneBy({ id });
    if (!row) throw new AppError('not_found', `There is no incident ${id}.`);
    return this.toIncident(row);
  }

  async list(input: InputOf<typeof listIncidents>): Promise<OutputOf<typeof listIncidents>> {
    const page = await pageByTime(this.incidents.createQueryBuilder('incident'), 'incident', input);
    return { ...page, items: await Promise.all(page.items.map((row) => this.toIncident(row))) };
  }

  private async toIncident(row: IncidentRow): Promise<Incident> {
    const { id, projectId, userId, toolkit, acts, reason, createdAt, finishedAt } = row;
    return {
      id,
      projectId,
      userId,
      toolkit,
      acts,
      reason,
      state: finishedAt ? 'done' : 'running',
      begunAt: createdAt.toISOString(),
      finishedAt: finishedAt?.toISOString() ?? null,
      done: {
        accountsRevoked: row.accountsRevoked,
        revokedAtProvider: row.revokedAtProvider,
        failedAtProvider: row.failedAtProvider,
        signInsEnded: row.signInsEnded,
        accessEnded: row.accessEnded,
        keysRevoked: row.keysRevoked,
      },
      left: finishedAt ? { accounts: 0, atProviders: 0 } : await leftOf(this.incidents.manager, row),
    };
  }
}

async function leftOf(manager: EntityManager, incident: IncidentRow): Promise<Incident['left']> {
  const accounts = await accountsLeft(manager, incident);
  return { accounts, atProviders: await manager.countBy(IncidentRevocation, { incidentId: incident.id }) };
}
