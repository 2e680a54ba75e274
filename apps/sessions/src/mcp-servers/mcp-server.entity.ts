import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

@Entity('mcp_servers')
@Index('mcp_servers_project', ['projectId', 'updatedAt'])
export class McpServer {
  @PrimaryColumn('uuid')
  id!: string;

  @Column('text', { name: 'project_id' })
  projectId!: string;

  @Column('text')
  name!: string;

  @Column('text', { array: true })
  toolkits!: string[];

  @Column('text', { name: 'allowed_tools', array: true })
  allowedTools!: string[];

  @Column('text', { name: 'auth_config_ids', array: true })
  authConfigIds!: string[];

  @Column('boolean', { name: 'manages_connections' })
  managesConnections!: boolean;

  @Column({ type: 'timestamptz', name: 'created_at', precision: 3, default: () => 'now()' })
  createdAt!: Date;

  @Column({ type: 'timestamptz', name: 'updated_at', precision: 3, default: () => 'now()' })
  updatedAt!: Date;
}
