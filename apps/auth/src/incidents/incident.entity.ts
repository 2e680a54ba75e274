import type { Actor, IncidentAct } from '@patchbay/contracts';
import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { Project } from '../projects/index.js';

/** One act of revoking much at once, and how far it has come. */
@Entity('incidents')
@Index('incidents_newest', ['createdAt', 'id'])
@Index('incidents_running', ['createdAt'], { where: 'finished_at IS NULL' })
export class IncidentRow {
  @PrimaryColumn('text')
  id!: string;

  @ForeignKey(() => Project, { name: 'incidents_project_id_fkey', onDelete: 'CASCADE' })
  @Column('text', { name: 'project_id', nullable: true })
  projectId!: string | null;

  @Column('text', { name: 'user_id', nullable: true })
  userId!: string | null;

  @Column('text', { nullable: true })
  toolkit!: string | null;

  @Column('text', { array: true })
  acts!: IncidentAct[];

  @Column('text', { nullable: true })
  reason!: string | null;

  /** Who began it: whose the acts are that follow. */
  @Column('jsonb', { nullable: true })
  actor!: Actor | null;

  @Column('integer', { name: 'accounts_revoked', default: 0 })
  accountsRevoked!: number;

  @Column('integer', { name: 'revoked_at_provider', default: 0 })
  revokedAtProvider!: number;

  @Column('integer', { name: 'failed_at_provider', default: 0 })
  failedAtProvider!: number;

  @Column('integer', { name: 'sign_ins_ended', default: 0 })
  signInsEnded!: number;

  @Column('integer', { name: 'access_ended', default: 0 })
  accessEnded!: number;

  /** When none was left: clients that are admitted afterwards stay. */
  @Column({ type: 'timestamptz', name: 'access_ended_at', precision: 3, nullable: true })
  accessEndedAt!: Date | null;

  @Column('integer', { name: 'keys_revoked', default: 0 })
  keysRevoked!: number;

  @Column({ type: 'timestamptz', name: 'created_at', precision: 3, default: () => 'now()' })
  createdAt!: Date;

  @Column({ type: 'timestamptz', name: 'finished_at', precision: 3, nullable: true })
  finishedAt!: Date | null;
}
