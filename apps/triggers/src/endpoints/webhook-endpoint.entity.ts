import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

const time = { type: 'timestamptz', precision: 3 } as const;

/** Where one OAuth app posts to. */
@Entity('webhook_endpoints')
@Index('webhook_endpoints_app', ['projectId', 'toolkit', 'clientId'], { unique: true })
export class WebhookEndpoint {
  @PrimaryColumn('text')
  id!: string;

  @Column('text', { name: 'project_id' })
  projectId!: string;

  @Column('text')
  toolkit!: string;

  @Column('text', { name: 'client_id' })
  clientId!: string;

  @Column('text', { name: 'sealed_data', nullable: true })
  sealedData!: string | null;

  @Column({ ...time, name: 'shaken_at', nullable: true })
  shakenAt!: Date | null;

  @Column({ ...time, name: 'created_at', default: () => 'now()' })
  createdAt!: Date;

  @Column({ ...time, name: 'updated_at', default: () => 'now()' })
  updatedAt!: Date;
}
