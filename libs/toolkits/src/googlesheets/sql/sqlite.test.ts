import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import type { SqlAnswer } from './sheet-sql.js';
import { openSqlite, runSql } from './sqlite.js';

const sqlite = await openSqlite();
const tables = [{ name: 'Orders', columns: ['No', 'Paid'], rows: [[7, true] as unknown[], [8, '']] }];
const run = (sql: string): SqlAnswer => runSql(sqlite, { tables, sql });

describe('one statement over sheets', () => {
  it('tells its columns, its rows, and what it changed', () => {
    expect(run(`UPDATE Orders SET Paid = 'yes' WHERE Paid IS NULL RETURNING No, rowid;`)).toEqual({
      outcome: {
        columns: ['No', 'rowid'],
        rows: [[8, 3]],
        changes: [
          { table: 'Orders', deleted: [], inserted: [], updated: [{ row: 3, column: 1, value: 'yes' }] },
        ],
      },
    });
  });

  it('gives texts and numbers for what cells cannot hold', () => {
    expect(run(`SELECT 9007199254740993 AS n, x'c3a9' AS t FROM Orders LIMIT 1`)).toMatchObject({
      outcome: { rows: [[9_007_199_254_740_992, 'é']] },
    });
  });

  it.each([
    ['', 'there is no statement in it'],
    ['-- only a comment', 'there is no statement in it'],
    ['SELECT 1; DELETE FROM Orders', 'it is more than one statement'],
    ['SELECT * FROM Missing', 'no such table: Missing'],
    ['SELEC 1', 'near "SELEC": syntax error'],
    [
      'WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i FROM n',
      'more than 10000 rows: add a LIMIT',
    ],
  ])('is refused in words that tell what to change: %s', (sql, error) => {
    expect(run(sql)).toEqual({ error });
  });

  it('reaches no file, and prints nothing of what fails', () => {
    const folder = mkdtempSync(join(tmpdir(), 'patchbay-sqlite-'));
    const file = join(folder, 'copy.db');
    const printed = (['log', 'warn', 'error'] as const).map((name) =>
      vi.spyOn(console, name).mockImplementation(() => undefined),
    );
    for (const sql of [`ATTACH '${file}' AS copy`, `VACUUM INTO '${file}'`]) {
      expect(run(sql)).toEqual({ error: `unable to open database: ${file}` });
    }
    expect(run(`ATTACH '/etc/passwd' AS users`)).toHaveProperty('error');
    expect(existsSync(file)).toBe(false);
    for (const spy of printed) {
      expect(spy).not.toHaveBeenCalled();
      spy.mockRestore();
    }
    rmSync(folder, { recursive: true });
  });
});
