import { AuditEntry, type AuditAction, type AuditTarget } from '@patchbay/contracts';
import { currentContext } from './context.js';

/** Something that an administrator did. Who did it, and from where, the request's context says. */
export interface Act {
  action: AuditAction;
  /** Null for what is the organisation's own. */
  projectId: string | null;
  target: Omit<AuditTarget, 'userId'> & { userId?: string };
  /** Names of fields, never what is in them. */
  changed?: readonly string[];
  outcome?: AuditEntry['outcome'];
  reason?: string | undefined;
}

const MOST_NAMES = 50;
const NAME_CHARACTERS = 100;
const TEXT_CHARACTERS = 300;

/** The act as the audit keeps it: bounded, as names and ids may come from outside. */
export function auditEntry({
  action,
  projectId,
  target,
  changed = [],
  outcome = 'done',
  reason,
}: Act): AuditEntry {
  const { actor, address } = currentContext() ?? {};
  return {
    action,
    projectId,
    actor: actor ?? { kind: 'system', keyId: null, name: null },
    address: address ?? null,
    target: { ...target, id: target.id.slice(0, TEXT_CHARACTERS), userId: target.userId ?? null },
    changed: changed.slice(0, MOST_NAMES).map((name) => name.slice(0, NAME_CHARACTERS)),
    outcome,
    reason: reason?.slice(0, TEXT_CHARACTERS) ?? null,
  };
}

/** The names of what a request gives, without what says which thing it is about. */
export function fieldsGiven(input: object): string[] {
  return Object.entries(input)
    .filter(([name, value]) => value !== undefined && name !== 'projectId' && name !== 'id')
    .map(([name]) => name);
}

/** Stands for the project where an act concerns none: an envelope needs one. */
export const ORGANISATION = 'organisation';
