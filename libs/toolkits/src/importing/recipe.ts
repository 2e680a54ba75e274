import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { z } from 'zod';
import { authField, type AuthSpec } from '../auth-spec.js';
import { defined } from './defined.js';

/** How a toolkit is imported: `recipes/<slug>.yaml`. All but `document` is optional. */
const RecipeFile = z.strictObject({
  /** `package@version/path/in/it.json` on npm, or the path of a file. */
  document: z.string(),
  /** Of the document, where it does not say it itself, and where that was found. */
  licence: z.string().optional(),
  name: z.string().optional(),
  description: z.string().optional(),
  categories: z.array(z.string()).optional(),
  version: z.string().optional(),
  base_url: z.string().optional(),
  /** Put before each path, where the base URL is not the whole of what the document has before them. */
  path_prefix: z.string().optional(),
  /** In the form of `AuthSpec`; without it, what the document says. */
  auth: z.array(z.record(z.string(), z.unknown())).optional(),
  /** OAuth scopes to ask for, where the document's own sign-in is used. */
  scopes: z.array(z.string()).optional(),
  headers: z.record(z.string(), z.string()).optional(),
  current_user: z.strictObject({ path: z.string(), displayName: z.string() }).optional(),
  /** Taken off operation ids before a slug is made of them. */
  id_prefix: z.string().optional(),
  slug_from: z.enum(['operationId', 'summary']).optional(),
  /** Public slugs that no rule makes of an operation's words, each with its operation, `GET /path`. */
  slugs: z.record(z.string(), z.string()).default({}),
  /** Further public slugs that run an operation's tool. */
  aliases: z.record(z.string(), z.string()).default({}),
  /** Public slugs that nothing here can serve, by the reason. */
  not_served: z.record(z.string(), z.array(z.string())).default({}),
  /** Tools tagged `important`, by slug. */
  important: z.array(z.string()).default([]),
  /** Operations left out: regular expressions over `GET /path`. */
  leave_out: z.array(z.string()).default([]),
  /** Parameters left out everywhere: those that say how to answer rather than what. */
  ignore_parameters: z.array(z.string()).default([]),
  /** Path parameters that hold slashes, such as Google's resource names. */
  path_segments: z.array(z.string()).default([]),
  /** Keys for bare lists, by the last word of the path. */
  list_keys: z.record(z.string(), z.string()).default({}),
});
const AskedField = z.strictObject({
  name: z.string(),
  displayName: z.string(),
  description: z.string().optional(),
  required: z.boolean().optional(),
  secret: z.boolean().optional(),
});
export type Recipe = Omit<z.infer<typeof RecipeFile>, 'auth'> & { auth?: AuthSpec[] | undefined };

/** @throws Error that names the file and what is wrong in it */
export function readRecipe(file: URL | string): Recipe {
  const parsed = RecipeFile.safeParse(parse(readFileSync(file, 'utf8')));
  if (!parsed.success) throw new Error(`${String(file)}: ${z.prettifyError(parsed.error)}`);
  const { auth, ...rest } = parsed.data;
  return { ...rest, ...(auth && { auth: auth.map(withWholeFields) }) };
}

/** A recipe says of a field what is not usual. */
function withWholeFields({ connectionFields, ...spec }: Record<string, unknown>): AuthSpec {
  const fields = z.array(AskedField).optional().parse(connectionFields);
  const whole = fields?.map(({ name, displayName, ...options }) =>
    authField(name, displayName, defined(options)),
  );
  return { ...spec, ...(whole && { connectionFields: whole }) } as AuthSpec;
}
