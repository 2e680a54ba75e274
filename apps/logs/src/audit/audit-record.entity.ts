import type { ActorKind, AuditAction, AuditEntry, AuditTarget } from '@patchbay/contracts';
import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** An audit act. It is kept when its project is deleted. */
@Entity('audit')
@Index('audit_project', ['projectId', 'at', 'id'])
@Index('audit_actor', ['actorKeyId', 'at', 'id'])
@Index('audit_person', ['actorPersonId', 'at', 'id'])
@Index('audit_target', ['targetId', 'at', 'id'])
@Index('audit_action', ['action', 'at', 'id'])
export class AuditRecord {
  /** First in the key, as the table is partitioned by it. */
  @PrimaryColumn({ type: 'timestamptz', precision: 3 })
  at!: Date;

  /** The event's. */
  @PrimaryColumn('text')
  id!: string;

  /** Null for an act on the organisation itself. */
  @Column('text', { name: 'project_id', nullable: true })
  projectId!: string | null;

  @Column('text')
  action!: AuditAction;

  @Column('text', { name: 'actor_kind' })
  actorKind!: ActorKind;

  @Column('text', { name: 'actor_key_id', nullable: true })
  actorKeyId!: string | null;

  @Column('text', { name: 'actor_name', nullable: true })
  actorName!: string | null;

  /** Whose key it was, of a person's. */
  @Column('text', { name: 'actor_person_id', nullable: true })
  actorPersonId!: string | null;

  @Column('text', { nullable: true })
  address!: string | null;

  @Column('text', { name: 'target_type' })
  targetType!: AuditTarget['type'];

  @Column('text', { name: 'target_id' })
  targetId!: string;

  @Column('text', { name: 'target_user_id', nullable: true })
  targetUserId!: string | null;

  @Column('jsonb')
  changed!: string[];

  @Column('text')
  outcome!: AuditEntry['outcome'];

  @Column('text', { nullable: true })
  reason!: string | null;

  @Column('text', { name: 'request_id', nullable: true })
  requestId!: string | null;
}
