import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import {
  AppError,
  type getMcpRegistryServer,
  type InputOf,
  type McpRegistry,
  type OutputOf,
  type RegistryServer,
  type RegistryServerRef,
  type searchMcpRegistry,
  type ToolkitSource,
} from '@patchbay/contracts';
import { Bulkhead, isPublicHost, OutboundClient, refusals } from '@patchbay/service';
import { ZodError } from 'zod';
import type { ToolsConfig } from '../config.js';
import { CONFIG } from '../settings.module.js';
import { suggestedSlug, summaryOf } from './entry.js';
import { ListedPrograms, type ProgramList } from './listed.programs.js';
import { packageForm } from './package.form.js';
import { chosenProgram, type ChosenProgram } from './program.choice.js';
import { RegistryClient } from './registry.client.js';
import { isAllowed, registriesOf } from './registry.settings.js';
import { chosenRemote, type ChosenRemote } from './remote.choice.js';
import { remoteForm, type RemoteForm } from './remote.form.js';
import { readServerList, ServerRecord } from './server-record.js';
import { cannot, chosenWay } from './way.choice.js';

export type RegistrySource = Extract<ToolkitSource, { type: 'mcp_registry' }>;
type Search = InputOf<typeof searchMcpRegistry>;

/** A server of a registry as a toolkit is made of it. */
export type ChosenServer = (ChosenRemote | ChosenProgram) & {
  title: string;
  ref: Required<RegistryServerRef>;
};

/** Questions to registries that are under way at once. */
const QUESTIONS = { all: 32, ofOne: 8 };
/** Of an allow list most entries of a registry are none: so many pages are looked through for one that is. */
const PAGES_LOOKED_THROUGH = 10;
const NOT_ALLOWED = 'the operator does not allow it (PATCHBAY_MCP_REGISTRY_ALLOWED)';

/** The registries of MCP servers that the operator set up. */
@Injectable()
export class McpRegistriesService implements OnApplicationShutdown {
  private readonly clients: RegistryClient[];
  private readonly allowed: readonly string[];
  private readonly questions = new Bulkhead(QUESTIONS);

  constructor(
    @Inject(CONFIG) config: ToolsConfig,
    private readonly http: OutboundClient,
    private readonly programs: ListedPrograms,
  ) {
    const rememberMs = config.PATCHBAY_MCP_REGISTRY_SECONDS * 1000;
    this.clients = registriesOf(config).map((registry) => new RegistryClient(registry, rememberMs));
    this.allowed = config.PATCHBAY_MCP_REGISTRY_ALLOWED;
  }

  list(): McpRegistry[] {
    return this.clients.map(({ registry: { name, url } }) => ({ name, url }));
  }

  /** The newest version of each server that the words are in, as the registry searches. */
  async search({
    projectId,
    registry,
    search,
    limit,
    cursor: from,
  }: Search): Promise<OutputOf<typeof searchMcpRegistry>> {
    const client = this.client(registry);
    const { name } = client.registry;
    const leftOut = { unreadable: 0, notAllowed: 0 };
    const programs = await this.programs.list();
    let cursor = from;
    for (let page = 1; ; page += 1) {
      const query = new URLSearchParams({
        version: 'latest',
        limit: String(limit),
        ...(search && { search }),
        ...(cursor && { cursor }),
      });
      const read = await this.ask(projectId, client, `/v0.1/servers?${query.toString()}`, readServerList);
      const allowed = read.servers.filter(({ server }) => isAllowed(this.allowed, name, server.name));
      leftOut.unreadable += read.unreadable;
      leftOut.notAllowed += read.servers.length - allowed.length;
      const items = allowed
        .filter(({ _meta }) => _meta.status !== 'deleted')
        .map((one) => summaryOf(name, one, programs));
      const isLast = read.nextCursor === null || read.nextCursor === cursor;
      if (items.length > 0 || isLast || page === PAGES_LOOKED_THROUGH) {
        return { items, nextCursor: isLast ? null : read.nextCursor, leftOut };
      }
      cursor = read.nextCursor ?? undefined;
    }
  }

  async get(input: InputOf<typeof getMcpRegistryServer>): Promise<RegistryServer> {
    const { record, name } = await this.record(input.projectId, input);
    return this.serverOf(name, record, await this.programs.list());
  }

  /**
   * What of an entry a toolkit is made of.
   * @param slug what the toolkit is called, for the private hosts that it may reach
   * @throws AppError `invalid_request` with the reason when the entry cannot be added, or naming each wrong value; `not_found`;
   *   `forbidden` when the operator does not allow it
   */
  async choose(projectId: string, slug: string, source: RegistrySource): Promise<ChosenServer> {
    const { record, name } = await this.record(projectId, source);
    const { server, _meta } = record;
    if (!isAllowed(this.allowed, name, server.name)) {
      throw new AppError(
        'forbidden',
        `${server.name} of the registry ${name} cannot be added: ${NOT_ALLOWED}.`,
      );
    }
    if (_meta.status === 'deleted') throw cannot(server.name, 'it was deleted there');
    const title = (server.title || (server.name.split('/')[1] ?? '')).slice(0, 60);
    const ref = { registry: name, server: server.name, version: server.version };
    const way = chosenWay(record, source, await this.programs.list());
    if ('program' in way) return { ...chosenProgram(way, source.values ?? {}), title, ref };
    const chosen = chosenRemote(way, source.values ?? {});
    const refusal = this.addressRefusal(chosen.url, slug);
    if (refusal) throw cannot(server.name, refusal);
    return { ...chosen, title, ref };
  }

  async onApplicationShutdown(): Promise<void> {
    await Promise.all(this.clients.map((client) => client.close()));
  }

  private async record(
    projectId: string,
    { registry, server, version = 'latest' }: RegistryServerRef,
  ): Promise<{ record: ServerRecord; name: string }> {
    const client = this.client(registry);
    const path = `/v0.1/servers/${encodeURIComponent(server)}/versions/${encodeURIComponent(version)}`;
    const record = await this.ask(projectId, client, path, (body) => ServerRecord.parse(body));
    const { name } = client.registry;
    // Who answers for another name would have it past the allow list.
    if (record.server.name !== server) {
      throw new AppError('unavailable', `The registry ${name} answered another server than ${server}.`, {
        retryable: false,
      });
    }
    return { record, name };
  }

  private client(name: string | undefined): RegistryClient {
    const found = name ? this.clients.find(({ registry }) => registry.name === name) : this.clients[0];
    if (found) return found;
    const known = this.clients.map(({ registry }) => registry.name).join(', ');
    throw new AppError('not_found', `There is no registry ${name ?? ''}.`.replace(' .', '.'), {
      suggestion: known ? `There are: ${known}.` : 'The operator sets them up by PATCHBAY_MCP_REGISTRIES.',
    });
  }

  private async ask<T>(
    projectId: string,
    client: RegistryClient,
    path: string,
    read: (body: unknown) => T,
  ): Promise<T> {
    const leave = this.questions.enter(projectId);
    if (typeof leave === 'string') {
      refusals.inc({ limit: 'mcp_registry' });
      throw new AppError('rate_limited', 'Too many questions to registries are under way.', {
        retryAfter: 1,
      });
    }
    try {
      return read(await client.get(path));
    } catch (error) {
      if (!(error instanceof ZodError)) throw error;
      client.forget(path);
      throw new AppError(
        'unavailable',
        `The registry ${client.registry.name} answered what is not of its API (v0.1).`,
        { retryable: false, cause: error },
      );
    } finally {
      leave();
    }
  }

  private serverOf(registry: string, record: ServerRecord, programs: ProgramList): RegistryServer {
    const packages = record.server.packages.map((one) => packageForm(one, programs));
    const remotes = record.server.remotes.map(remoteForm).map((form) => this.shown(form));
    const summary = summaryOf(registry, record, programs);
    const usable = [...remotes, ...packages].some(({ refusal }) => refusal === null);
    return {
      ...summary,
      refusal: isAllowed(this.allowed, registry, record.server.name)
        ? (summary.refusal ?? (usable ? null : (remotes.find(({ refusal }) => refusal)?.refusal ?? null)))
        : NOT_ALLOWED,
      suggestedSlug: suggestedSlug(record.server.name),
      remotes: remotes.map(({ type, url, fields, refusal }) => ({ type, url, fields, refusal })),
      packages: packages.map(({ registryType, identifier, version, transport, fields, refusal }) => ({
        registryType,
        identifier,
        version,
        transport,
        fields,
        refusal,
      })),
    };
  }

  /** One whose address is known already says at once when it may not be called. */
  private shown(form: RemoteForm): RemoteForm {
    const isWhole = form.refusal === null && !form.address.startsWith('{');
    return isWhole ? { ...form, refusal: this.addressRefusal(form.address) } : form;
  }

  /** Public and encrypted, or a host that the operator listed. */
  private addressRefusal(address: string, toolkit = ''): string | null {
    const url = URL.parse(address.replace(/:\{[\w-]+\}/, '').replaceAll(/\{[\w-]+\}/g, 'x'));
    if (!url) return 'its address is not a URL';
    try {
      if (this.http.mayBePrivate(url, { for: 'toolkit', toolkit })) return null;
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      return `${url.host} is not a public address`;
    }
    if (!isPublicHost(url.hostname)) return `${url.host} is not a public address`;
    return url.protocol === 'https:' ? null : 'its address is not encrypted (https)';
  }
}
