import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { z } from 'zod';
import { authField, type AuthSpec } from '../auth-spec.js';
import { defined } from './defined.js';

/** How a toolkit is imported: `recipes/<slug>.yaml`. All but `document` is optional. */
const RecipeFile = z.strictObject({
  /**
   * `package@version/path/in/it.json` on npm, `github:owner/name@commit/path/in/it.json`, one of our own beside the recipes,
   * `documents/<slug>.yaml`, or the path of a file. Of several, the first says what the API is, and the others add operations.
   */
  document: z.union([z.string(), z.array(z.string()).min(1)]),
  /** What the document says wrongly, by a JSON pointer to the place and what should stand there; null where nothing should. */
  corrections: z.record(z.string().regex(/^(\/[^/]+)+$/), z.unknown()).default({}),
  /** The day that the document is of, where no package says it. */
  published: z.iso.date().optional(),
  /** Who drew the document up, and after which documentation of the provider's, where it is not the provider's own. */
  drawn_up: z.strictObject({ by: z.string(), after: z.url() }).optional(),
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
  /**
   * Where the sign-in is from: the document itself, a page of the provider's as it was stored and read that day, or, for a
   * key alone, public programs that send it so.
   */
  sign_in: z
    .union([
      z.literal('document'),
      z.strictObject({
        from: z.union([z.url(), z.literal('public programs that call it')]),
        readOn: z.iso.date(),
      }),
    ])
    .optional(),
  /** OAuth scopes to ask for, where the document's own sign-in is used. */
  scopes: z.array(z.string()).optional(),
  headers: z.record(z.string(), z.string()).optional(),
  /** Of an API that answers refusals with status 200. */
  refusal: z.strictObject({ field: z.string(), is: z.unknown(), message: z.string() }).optional(),
  /** Without a name where the provider has no more to say than that the credential is good. */
  current_user: z
    .strictObject({ path: z.string(), displayName: z.string().optional(), body: z.unknown().optional() })
    .optional(),
  /** Taken off operation ids before a slug is made of them. */
  id_prefix: z.string().optional(),
  /** Taken off summaries: some documents begin each with the provider's name. */
  summary_prefix: z.string().optional(),
  slug_from: z.enum(['operationId', 'summary']).optional(),
  /** Public slugs that no rule makes of an operation's words, each with its operation, `GET /path`. */
  slugs: z.record(z.string(), z.string()).default({}),
  /** Further public slugs that run an operation's tool. */
  aliases: z.record(z.string(), z.string()).default({}),
  /** Public slugs that nothing here can serve, by the reason. */
  not_served: z.record(z.string(), z.array(z.string())).default({}),
  /** What tools are called and do, by slug, where the document's own words say too little. */
  described: z.record(z.string(), z.strictObject({ name: z.string(), description: z.string() })).default({}),
  /** Requests that only read although their method does not say so: regular expressions over `POST /path`. */
  reads: z.array(z.string()).default([]),
  /** The same of those that take away what cannot be had back. */
  destroys: z.array(z.string()).default([]),
  /** Tools tagged `important`, by slug. */
  important: z.array(z.string()).default([]),
  /** The operations taken, where that is not all: regular expressions over `GET /path`. */
  only: z.array(z.string()).default([]),
  /** Operations left out of those: regular expressions over `GET /path`. */
  leave_out: z.array(z.string()).default([]),
  /** Parameters left out everywhere: those that say how to answer rather than what. */
  ignore_parameters: z.array(z.string()).default([]),
  /** Header parameters that are sent as the document itself fills them in. */
  fixed_headers: z.array(z.string()).default([]),
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
  default: z.string().optional(),
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
