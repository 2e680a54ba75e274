import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Writes a toolkit overrides file and gives its path. Every JSON document is a YAML document. */
export async function writeOverrides(dir: string, overrides: Record<string, unknown>): Promise<string> {
  const file = join(dir, 'toolkit-overrides.yaml');
  await writeFile(file, JSON.stringify(overrides, null, 2));
  return file;
}
