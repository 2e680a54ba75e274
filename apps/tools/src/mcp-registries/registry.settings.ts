import { RegistryName } from '@patchbay/contracts';
import { listSetting } from '@patchbay/service';
import { z } from 'zod';

/** A registry as the operator set it up. */
export interface RegistrySettings {
  name: string;
  /** Without a slash at its end; `/v0.1/servers` comes behind it. */
  url: string;
  token?: string | undefined;
}

/** `name=value` entries; a value may hold further equals signs. */
function entriesOf(list: readonly string[]): [name: string, value: string][] {
  return list.map((entry) => {
    const at = entry.indexOf('=');
    return [entry.slice(0, Math.max(at, 0)), entry.slice(at + 1)];
  });
}

const isName = (name: string) => RegistryName.safeParse(name).success;
const isAddress = (text: string) => URL.canParse(text) && /^https?:$/.test(new URL(text).protocol);

const PATTERN = /^([a-z][a-z0-9_-]{0,39}:)?(\*|[a-zA-Z0-9.-]+\/(\*|[a-zA-Z0-9._-]+))$/;

export const registrySettings = {
  /** Registries of MCP servers, the first by default; `none` for none. */
  PATCHBAY_MCP_REGISTRIES: listSetting
    .pipe(
      z
        .array(z.string())
        .transform((list) =>
          list.length === 0 ? ['official=https://registry.modelcontextprotocol.io'] : list,
        ),
    )
    .transform((list) => (list.length === 1 && list[0] === 'none' ? [] : entriesOf(list)))
    .refine(
      (entries) =>
        entries.every(([name, url]) => isName(name) && isAddress(url)) &&
        new Set(entries.map(([name]) => name)).size === entries.length,
      {
        message:
          'must look like official=https://registry.example.com,ours=https://mcp.example.com, or be none',
      },
    ),
  /** Bearer tokens for those that want one. */
  PATCHBAY_MCP_REGISTRY_TOKENS: listSetting
    .transform(entriesOf)
    .refine((entries) => entries.every(([name, token]) => isName(name) && /^[\x21-\x7e]+$/.test(token)), {
      message: 'must look like ours=TOKEN,theirs=TOKEN, by the names of PATCHBAY_MCP_REGISTRIES',
    })
    .transform((entries) => new Map(entries)),
  /** The servers that projects may add from a registry; without any, all. */
  PATCHBAY_MCP_REGISTRY_ALLOWED: listSetting.refine((list) => list.every((one) => PATTERN.test(one)), {
    message: 'must be io.github.acme/weather, io.github.acme/* or ours:*, several joined by commas',
  }),
  /** How long an answer of a registry is remembered. */
  PATCHBAY_MCP_REGISTRY_SECONDS: z.coerce.number().int().min(0).max(86_400).default(300),
};
export type RegistriesConfig = z.output<z.ZodObject<typeof registrySettings>>;

export function registriesOf(config: RegistriesConfig): RegistrySettings[] {
  const { PATCHBAY_MCP_REGISTRIES: entries, PATCHBAY_MCP_REGISTRY_TOKENS: tokens } = config;
  return entries.map(([name, url]) => ({ name, url: url.replace(/\/+$/, ''), token: tokens.get(name) }));
}

/** Whether the operator lets projects add a server of a registry. */
export function isAllowed(patterns: readonly string[], registry: string, server: string): boolean {
  if (patterns.length === 0) return true;
  return patterns.some((entry) => {
    const [, of, pattern = ''] = /^(?:([^:]+):)?(.+)$/.exec(entry) ?? [];
    if (of !== undefined && of !== registry) return false;
    return (
      pattern === '*' ||
      (pattern.endsWith('/*') ? server.startsWith(pattern.slice(0, -1)) : pattern === server)
    );
  });
}
