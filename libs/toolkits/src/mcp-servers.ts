import { readFileSync } from 'node:fs';
import { DeclaredAuth, HttpUrl } from '@patchbay/contracts';
import { z } from 'zod';
import { DATA_FOLDER } from './data-file.js';
import { letterLogo } from './openapi/letter-logo.js';
import type { ToolkitSpec } from './toolkit.js';

const Day = z.iso.date();

/**
 * A vendor's MCP server that ships: a toolkit by its manifest alone. Every fact is from a public source, which is named;
 * what is not sure is left out, and asked of whoever sets it up.
 */
export const McpServerManifest = z.strictObject({
  /** The public one where there is one. */
  slug: z.string().regex(/^[a-z_][a-z0-9_]{0,49}$/),
  name: z.string().min(1).max(60),
  description: z.string().min(10).max(200),
  categories: z.array(z.string()).min(1).max(3),
  /** Streamable HTTP. */
  url: HttpUrl.refine((url) => url.startsWith('https://'), { message: 'must be https' }),
  /** The ways to sign in, the usual one first. */
  auth: z.array(DeclaredAuth).min(1).max(3),
  /** Where address and sign-in are from, and as of when. */
  source: z.strictObject({ from: z.string().min(5).max(300), readOn: Day }),
  /** The server's own names of the tools most asked for, where a public source tells them. */
  important: z.array(z.string()).max(20).optional(),
  /** The day on which one of us connected an account and called a tool. */
  triedOn: Day.optional(),
  /** Its name is a word of every day: to say it need not mean the vendor. */
  isWord: z.literal(true).optional(),
});
export type McpServerManifest = z.infer<typeof McpServerManifest>;

export const MCP_SERVERS_FILE = new URL('mcp-servers.json', DATA_FOLDER);

/** What is in the file is checked by its test: here it is read at each start of several services. */
export function readMcpServers(): McpServerManifest[] {
  return JSON.parse(readFileSync(MCP_SERVERS_FILE, 'utf8')) as McpServerManifest[];
}

/** When a manifest that nobody has connected yet came to be: all of them ship as one file. */
const VERSION = '20261130_00';

/** A manifest as a toolkit: its tools, and how its server would have us sign in, are each project's to read. */
export function serverToolkit({
  slug,
  name,
  description,
  categories,
  url,
  auth,
  source,
  important = [],
  triedOn,
  isWord,
}: McpServerManifest): ToolkitSpec {
  return {
    slug,
    name,
    description,
    logo: letterLogo(name),
    categories,
    version: VERSION,
    baseUrl: url,
    server: { auth, important, isWord: isWord ?? false },
    quality: { grade: 'vendor_mcp', triedOn: triedOn ?? null, source },
    tools: [],
  };
}
