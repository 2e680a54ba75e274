import { Column, Entity, PrimaryColumn, type MigrationInterface, type QueryRunner } from 'typeorm';
import type { ServiceDatabase } from '../src/data-source.options.js';

@Entity('notes')
export class Note {
  @PrimaryColumn('text')
  id!: string;

  @Column({ type: 'timestamptz', name: 'created_at', precision: 3, default: () => 'now()' })
  createdAt!: Date;
}

class CreateNotes1764000000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      'CREATE TABLE notes (id text PRIMARY KEY, created_at timestamptz(3) NOT NULL DEFAULT now())',
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE notes');
  }
}

/** The smallest service's database: one table of its own, beside its outbox. */
export const notes = (schema: string): ServiceDatabase => ({
  schema,
  entities: [Note],
  migrations: [CreateNotes1764000000000],
});
