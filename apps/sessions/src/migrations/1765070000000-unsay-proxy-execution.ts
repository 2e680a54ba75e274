import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Sessions were kept with their defaults filled in, so that none of them can be told from one that switched the proxy
 * on by itself. Those that are narrowed must not have it by mistake: all that is on becomes unsaid.
 */
export class UnsayProxyExecution1765070000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const table of ['sessions', 'session_versions']) {
      await runner.query(`
        UPDATE ${table} SET config = config #- '{workbench,proxyExecution}'
         WHERE config #>> '{workbench,proxyExecution}' = 'true'`);
    }
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of ['sessions', 'session_versions']) {
      await runner.query(`
        UPDATE ${table} SET config = jsonb_set(config, '{workbench,proxyExecution}', 'true')
         WHERE config -> 'workbench' -> 'proxyExecution' IS NULL`);
    }
  }
}
