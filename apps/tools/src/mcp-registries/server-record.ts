import { outsideLines, outsideText, RegistryServerName } from '@patchbay/contracts';
import { z } from 'zod';

/*
 * `server.json` and what a registry says around it, as they come: whoever publishes writes them. A member that is null counts as
 * not there; a text is cut where it is shown; a list is as long as anybody needs. What decides where a credential goes is
 * read strictly, and an address or a package that has something else is there with the reason why it cannot be used.
 */

const MAX_VALUE = 4_000;
const MAX_ITEMS = 50;

/** A member that may be null, which is as if it were not there. */
const given = <T extends z.ZodType>(schema: T) => schema.nullish().transform((value) => value ?? undefined);
const words = (most: number) =>
  z
    .unknown()
    .optional()
    .transform((value) => outsideText(value, most));
const lines = (most: number) =>
  z
    .unknown()
    .optional()
    .transform((value) => outsideLines(value, most));
/** A page that people open; anything else is as if it were not there. */
const page = z
  .unknown()
  .optional()
  .transform((value) => {
    const text = outsideText(value, 500);
    return /^https:\/\//i.test(text) && URL.canParse(text) ? text : null;
  });
const value = z
  .union([z.string(), z.number(), z.boolean()])
  .transform(String)
  .pipe(z.string().max(MAX_VALUE));
const listOf = <T extends z.ZodType>(item: T) =>
  given(z.array(item).max(MAX_ITEMS)).transform((list) => list ?? []);

const input = {
  description: lines(500),
  isRequired: given(z.boolean()),
  isSecret: given(z.boolean()),
  format: z
    .unknown()
    .optional()
    .transform((format) => (format === 'number' || format === 'boolean' ? format : 'string')),
  value: given(value),
  default: given(value),
  placeholder: words(200),
  choices: given(z.array(value).max(100)),
};
export const InputRecord = z.object(input);
export type InputRecord = z.output<typeof InputRecord>;

const variables = given(z.record(z.string().max(100), InputRecord)).transform((all) => all ?? {});
const NamedInput = z.object({ ...input, name: z.string().min(1).max(200), variables });
export type NamedInput = z.output<typeof NamedInput>;

const RemoteRecord = z.object({
  type: z.string().max(40),
  url: z.string().min(1).max(2_000),
  headers: listOf(NamedInput),
  variables,
});
export type RemoteRecord = z.output<typeof RemoteRecord>;

const Argument = z.object({
  ...input,
  type: z.enum(['positional', 'named']),
  name: given(z.string().max(200)),
  valueHint: given(z.string().max(200)),
  isRepeated: given(z.boolean()),
  variables,
});
export type ArgumentRecord = z.output<typeof Argument>;

export const PackageRecord = z.object({
  registryType: z.string().min(1).max(40),
  registryBaseUrl: given(z.string().max(500)),
  identifier: z.string().min(1).max(500),
  version: given(z.string().max(255)),
  fileSha256: given(z.string().max(100)),
  transport: given(z.object({ type: z.string().max(40) })),
  packageArguments: listOf(Argument),
  runtimeArguments: listOf(Argument),
  environmentVariables: listOf(NamedInput),
});
export type PackageRecord = z.output<typeof PackageRecord>;

/** What cannot be read is named by what it says of itself. */
export interface Unreadable {
  unreadable: string;
  name: string;
  kind: string;
}
const readOr =
  <T extends z.ZodType>(schema: T, name: string, kind: string) =>
  (item: unknown): z.output<T> | Unreadable => {
    const read = schema.safeParse(item);
    if (read.success) return read.data;
    const [issue] = read.error.issues;
    const said = (typeof item === 'object' && item !== null ? item : {}) as Record<string, unknown>;
    return {
      unreadable: `it is not as server.json has it (${outsideText(`${issue?.path.join('.') ?? ''}: ${issue?.message ?? ''}`, 160)})`,
      name: outsideText(said[name], 500),
      kind: outsideText(said[kind], 40),
    };
  };
const leniently = <T extends z.ZodType>(schema: T, name: string, kind: string) =>
  z
    .unknown()
    .optional()
    .transform((list) => {
      const items = Array.isArray(list) ? list.slice(0, MAX_ITEMS) : [];
      return items.map(readOr(schema, name, kind));
    });

const OFFICIAL = 'io.modelcontextprotocol.registry/official';
const moment = z
  .unknown()
  .optional()
  .transform((at) => {
    const read = typeof at === 'string' && at.length < 50 ? new Date(at) : new Date(Number.NaN);
    return Number.isNaN(read.getTime()) ? null : read.toISOString();
  });
const Official = z.object({
  status: z.enum(['active', 'deprecated', 'deleted']).catch('active'),
  statusMessage: words(500),
  updatedAt: moment,
  publishedAt: moment,
});

export const ServerRecord = z.object({
  server: z.object({
    name: RegistryServerName,
    title: words(100),
    description: lines(500),
    version: z.string().min(1).max(255),
    websiteUrl: page,
    repository: z
      .unknown()
      .optional()
      .transform((one) => (typeof one === 'object' && one !== null ? one : {}))
      .pipe(z.object({ url: page })),
    remotes: leniently(RemoteRecord, 'url', 'type'),
    packages: leniently(PackageRecord, 'identifier', 'registryType'),
  }),
  _meta: z
    .unknown()
    .optional()
    .transform((meta) => {
      const own =
        typeof meta === 'object' && meta !== null ? (meta as Record<string, unknown>)[OFFICIAL] : {};
      return typeof own === 'object' && own !== null ? own : {};
    })
    .pipe(Official),
});
export type ServerRecord = z.output<typeof ServerRecord>;

const ServerList = z.object({
  servers: given(z.array(z.unknown()).max(1_000)).transform((list) => list ?? []),
  metadata: given(z.object({ nextCursor: given(z.string().max(1_000)) })),
});

/** A page of a registry. An entry that cannot be read does not take the others with it. */
export function readServerList(answer: unknown): {
  servers: ServerRecord[];
  unreadable: number;
  nextCursor: string | null;
} {
  const { servers, metadata } = ServerList.parse(answer);
  const read = servers.map((one) => ServerRecord.safeParse(one));
  const good = read.flatMap(({ success, data }) => (success ? [data] : []));
  return { servers: good, unreadable: read.length - good.length, nextCursor: metadata?.nextCursor || null };
}
