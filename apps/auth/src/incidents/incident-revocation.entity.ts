import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { Connection } from '../accounts/index.js';
import { IncidentRow } from './incident.entity.js';

/** An account that is revoked here and still to be revoked at its provider. */
@Entity('incident_revocations')
@Index('incident_revocations_due', ['incidentId', 'nextAt'])
export class IncidentRevocation {
  @ForeignKey(() => Connection, { name: 'incident_revocations_connection_id_fkey', onDelete: 'CASCADE' })
  @PrimaryColumn('text', { name: 'connection_id' })
  connectionId!: string;

  @ForeignKey(() => IncidentRow, { name: 'incident_revocations_incident_id_fkey', onDelete: 'CASCADE' })
  @Column('text', { name: 'incident_id' })
  incidentId!: string;

  @Column('integer', { default: 0 })
  tries!: number;

  @Column({ type: 'timestamptz', name: 'next_at', precision: 3, default: () => 'now()' })
  nextAt!: Date;
}
