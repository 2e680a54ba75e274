import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import {
  decodeCursor,
  encodeCursor,
  type AuditRecord as AuditRecordView,
  type InputOf,
  type listAudit,
  type OutputOf,
} from '@patchbay/contracts';
import type { Repository } from 'typeorm';
import { z } from 'zod';
import { AuditRecord } from './audit-record.entity.js';

const Position = z.strictObject({ at: z.iso.datetime(), id: z.string() });

@Injectable()
export class AuditService {
  constructor(@InjectRepository(AuditRecord) private readonly records: Repository<AuditRecord>) {}

  async list(input: InputOf<typeof listAudit>): Promise<OutputOf<typeof listAudit>> {
    const rows = await this.query(input).getMany();
    const items = rows.slice(0, input.limit);
    const last = items.at(-1);
    return {
      items: items.map(toView),
      nextCursor:
        last && rows.length > input.limit ? encodeCursor({ at: last.at.toISOString(), id: last.id }) : null,
    };
  }

  private query({ from, to, limit, cursor, actions, ...input }: InputOf<typeof listAudit>) {
    const query = this.records.createQueryBuilder('record');
    const equal = {
      project_id: input.projectId,
      actor_kind: input.actorKind,
      actor_key_id: input.actorKeyId,
      actor_person_id: input.actorPersonId,
      target_type: input.targetType,
      target_id: input.targetId,
      outcome: input.outcome,
    };
    for (const [column, value] of Object.entries(equal)) {
      if (value !== undefined) query.andWhere(`record.${column} = :${column}`, { [column]: value });
    }
    if (actions) query.andWhere('record.action = ANY(:actions)', { actions });
    if (from !== undefined) query.andWhere('record.at >= :from', { from: new Date(from) });
    if (to !== undefined) query.andWhere('record.at <= :to', { to: new Date(to) });
    if (cursor) {
      query.andWhere('(record.at, record.id) < (:at, :id)', decodeCursor(Position, cursor));
    }
    return query
      .orderBy('record.at', 'DESC')
      .addOrderBy('record.id', 'DESC')
      .limit(limit + 1);
  }
}

function toView(row: AuditRecord): AuditRecordView {
  const { id, projectId, action, address, changed, outcome, reason, requestId } = row;
  return {
    id,
    at: row.at.toISOString(),
    projectId,
    action,
    actor: {
      kind: row.actorKind,
      keyId: row.actorKeyId,
      name: row.actorName,
      ...(row.actorPersonId && { personId: row.actorPersonId }),
    },
    address,
    target: { type: row.targetType, id: row.targetId, userId: row.targetUserId },
    changed,
    outcome,
    reason,
    requestId,
  };
}
