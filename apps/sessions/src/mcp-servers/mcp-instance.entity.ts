import { Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn } from 'typeorm';
import { Session } from '../sessions/index.js';
import { McpServer } from './mcp-server.entity.js';

/** A user of a server, with the session that serves them. Deleted with either. */
@Entity('mcp_instances')
@Index('mcp_instances_holder', ['serverId', 'holder'], { unique: true })
@Index('mcp_instances_session', ['sessionId'])
export class McpInstance {
  @PrimaryColumn('uuid')
  id!: string;

  @Column('uuid', { name: 'server_id' })
  serverId!: string;

  @ManyToOne(() => McpServer, { onDelete: 'CASCADE' })
  @JoinColumn({ name: 'server_id', foreignKeyConstraintName: 'mcp_instances_server_id_fkey' })
  server!: McpServer;

  /** The user's id, or the id of the one account that it is for. */
  @Column('text')
  holder!: string;

  @Column('text', { name: 'session_id' })
  sessionId!: string;

  @ManyToOne(() => Session, { onDelete: 'CASCADE' })
  @JoinColumn({ name: 'session_id', foreignKeyConstraintName: 'mcp_instances_session_id_fkey' })
  session!: Session;

  @Column({ type: 'timestamptz', name: 'created_at', precision: 3, default: () => 'now()' })
  createdAt!: Date;
}
