import { Injectable } from '@nestjs/common';
import {
  AppError,
  SourceHeaders,
  type DeclaredAuth,
  type InputOf,
  type upsertToolkit,
} from '@patchbay/contracts';
import type { ToolkitDefinition } from '../imports/index.js';
import { McpRegistriesService, WrittenPrograms } from '../mcp-registries/index.js';
import { isSame } from './definition.js';
import type { KeptSource } from './project-toolkit.entity.js';
import type { ReadableSource } from './source.reader.js';
import type { SourceSecrets } from './toolkit.definitions.js';

interface Chosen {
  source: ReadableSource;
  auth: DeclaredAuth[] | undefined;
  title?: string;
  registry?: KeptSource['registry'];
}

/** What a project's word of a source comes to. */
@Injectable()
export class SourceChoice {
  constructor(
    private readonly registries: McpRegistriesService,
    private readonly programs: WrittenPrograms,
  ) {}

  /** What an entry of a registry names is an MCP server like any other, with its sign-in declared; or a program. */
  async of({ projectId, slug, source, auth }: InputOf<typeof upsertToolkit>): Promise<Chosen> {
    if (source.type === 'stdio') {
      return { source: { type: 'stdio', ...(await this.programs.choose(source)) }, auth };
    }
    if (source.type !== 'mcp_registry') return { source, auth };
    if (auth) {
      throw new AppError('invalid_request', 'The entry of the registry says how users sign in.', {
        issues: ['auth: is said by the entry of the registry'],
      });
    }
    const chosen = await this.registries.choose(projectId, slug, source);
    const about = { title: chosen.title, registry: chosen.ref };
    if ('program' in chosen) {
      const { program, values, auth: specs } = chosen;
      return { source: { type: 'stdio', program, values, auth: specs }, auth: undefined, ...about };
    }
    const { url, headers, auth: declared } = chosen;
    const isFixed = Object.keys(headers).length > 0;
    return {
      source: { type: 'mcp', url, ...(isFixed && { headers: SourceHeaders.parse(headers) }) },
      auth: declared,
      ...about,
    };
  }
}

/** What everybody's calls say, where the source has any of it. */
export function secretsOf(source: ReadableSource): SourceSecrets | undefined {
  if (source.type === 'mcp') return source.headers && { headers: source.headers };
  if (source.type !== 'stdio' || !source.values || Object.keys(source.values).length === 0) return undefined;
  return { values: source.values };
}

/** Whether calls go there already. */
export function isWhere(source: ReadableSource, { baseUrl, program }: ToolkitDefinition): boolean {
  return source.type === 'stdio' ? isSame(source.program, program) : source.url === baseUrl;
}

/**
 * Users' credentials were given for one server and one sign-in: another needs its own toolkit.
 * @throws AppError `conflict`
 */
export function requireSameServer(
  before: KeptSource,
  now: { url: string | null; auth: DeclaredAuth[] },
): void {
  const placesOf = (auth: DeclaredAuth[]) =>
    auth.map((one) => {
      if (one.scheme !== 'API_KEY') return one;
      const { scheme, headers, query, fields } = one;
      // The words of a form are nobody's secret.
      return { scheme, headers, query, fields: fields?.map(({ name, secret }) => ({ name, secret })) };
    });
  const isSameUrl = before.url === now.url;
  if (isSameUrl && before.auth && isSame(placesOf(before.auth), placesOf(now.auth))) return;
  const what = isSameUrl ? 'sign-in' : 'address';
  throw new AppError('conflict', `The ${what} of a toolkit that is there already cannot be changed.`, {
    suggestion: 'Delete it and add it again: its accounts go with it.',
  });
}
