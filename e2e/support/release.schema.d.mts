export interface Table {
  columns: Record<string, { type: string; isNullable: boolean; hasDefault: boolean }>;
  unique: string[];
  isView?: true;
}
export function readSchema(databaseUrl: string, schemas: readonly string[]): Promise<Record<string, Table>>;
export function brokenFor(release: Record<string, Table>, now: Record<string, Table>): string[];
