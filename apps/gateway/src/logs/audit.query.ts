import {
  ActorKind,
  AuditAction,
  AuditEntry,
  AuditTarget,
  idSchema,
  type listAudit,
  type CallOf,
} from '@patchbay/contracts';
import { z } from 'zod';
import { pageQuery, queryListOf, queryMoment } from '../http/index.js';

const Filters = {
  action: queryListOf(z.array(AuditAction)),
  actor_kind: ActorKind.optional(),
  actor_key_id: z.string().max(200).optional(),
  actor_person_id: z.string().max(200).optional(),
  target_type: AuditTarget.shape.type.optional(),
  target_id: z.string().max(300).optional(),
  outcome: AuditEntry.shape.outcome.unwrap().optional(),
  from: queryMoment,
  to: queryMoment,
};
/** For the organisation, which sees those of all projects. */
const OfProject = { project_id: idSchema('project').optional() };
const Format = { format: z.enum(['jsonl', 'csv']).default('jsonl') };

export const AuditQuery = z.object({ ...Filters, ...pageQuery(1000) });
export const AuditExportQuery = z.object({ ...Filters, ...Format });
export const OrganisationAuditQuery = AuditQuery.extend(OfProject);
export const OrganisationAuditExportQuery = AuditExportQuery.extend(OfProject);

type AuditFilters = z.output<z.ZodObject<typeof Filters>>;

/** The filters by the domain's names. */
export function toSearch(query: AuditFilters): CallOf<typeof listAudit> {
  return {
    actions: query.action,
    actorKind: query.actor_kind,
    actorKeyId: query.actor_key_id,
    actorPersonId: query.actor_person_id,
    targetType: query.target_type,
    targetId: query.target_id,
    outcome: query.outcome,
    from: query.from,
    to: query.to,
  };
}
