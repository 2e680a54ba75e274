import { z } from 'zod';

/** Parameters whose name says what they are, wherever they stand. */
const KNOWN: Record<string, string> = {
  sessionId: 'The session, `trs_…`.',
  mountId: 'The mount; a session has one, `files`.',
  slug: 'The slug, in upper or lower case.',
  toolkit: 'The slug of a toolkit.',
  service: 'The service.',
  keyId: 'The API key, `key_…`.',
  instanceId: 'The user whose instance it is.',
  serverId: 'The MCP server.',
  path: 'The path of the file, as a link has it.',
};

/** @throws Error for a parameter of which nothing is said */
export function parameterOf(
  name: string,
  schema: z.ZodType | undefined,
  told: string | undefined,
): z.ZodType {
  const description = told ?? KNOWN[name];
  if (!description) throw new Error(`Nothing says what the parameter ${name} of a path is`);
  return (schema ?? z.string().min(1)).meta({ description });
}
