export const owners: string[];
export function migrateTo(
  databaseUrl: string,
  only?: Record<string, string[]>,
): Promise<Record<string, string[]>>;
