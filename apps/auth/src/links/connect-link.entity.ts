import { Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn } from 'typeorm';
import { Connection } from '../connections/connection.entity.js';

/** The right to sign in for one pending connection. Looked up by its token's hash. */
@Entity('connect_links')
@Index('connect_links_connection', ['connectionId'])
export class ConnectLink {
  @PrimaryColumn('text', { name: 'token_sha256' })
  tokenSha256!: string;

  @Column('text', { name: 'connection_id' })
  connectionId!: string;

  @ManyToOne(() => Connection, { onDelete: 'CASCADE' })
  @JoinColumn({ name: 'connection_id', foreignKeyConstraintName: 'connect_links_connection_id_fkey' })
  connection!: Connection;

  @Column({ type: 'timestamptz', name: 'expires_at', precision: 3 })
  expiresAt!: Date;
}
