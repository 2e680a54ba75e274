import type { AuditRecord } from '@patchbay/contracts';
import { stringify } from 'csv-stringify/sync';
import type { z } from 'zod';
import type { ActAnswer } from './log.answer.js';

export function presentAct({ actor, target, ...act }: AuditRecord): z.output<typeof ActAnswer> {
  return {
    id: act.id,
    timestamp: act.at,
    action: act.action,
    outcome: act.outcome,
    project_id: act.projectId,
    actor: {
      kind: actor.kind,
      key_id: actor.keyId,
      name: actor.name,
      person_id: actor.personId ?? null,
    },
    target: { type: target.type, id: target.id, user_id: target.userId },
    changed: act.changed,
    reason: act.reason,
    request_id: act.requestId,
    client_address: act.address,
  };
}

/** One JSON a line. */
export function toJsonLines(acts: readonly AuditRecord[]): string {
  return acts.map((act) => `${JSON.stringify(presentAct(act))}\n`).join('');
}

const COLUMNS = [
  'id',
  'timestamp',
  'action',
  'outcome',
  'project_id',
  'actor_kind',
  'actor_key_id',
  'actor_name',
  'actor_person_id',
  'target_type',
  'target_id',
  'target_user_id',
  'changed',
  'reason',
  'request_id',
  'client_address',
];
export const CSV_HEAD = toCsv([COLUMNS]);

/** RFC 4180. Names come from outside: a spreadsheet must not run one as a formula. */
export function toCsvLines(acts: readonly AuditRecord[]): string {
  return toCsv(
    acts.map(({ actor, target, ...act }) => [
      act.id,
      act.at,
      act.action,
      act.outcome,
      act.projectId,
      actor.kind,
      actor.keyId,
      actor.name,
      actor.personId ?? null,
      target.type,
      target.id,
      target.userId,
      act.changed.join(' '),
      act.reason,
      act.requestId,
      act.address,
    ]),
  );
}

function toCsv(rows: (string | null)[][]): string {
  return stringify(rows, { record_delimiter: 'windows', escape_formulas: true });
}
