import type { RegistryServerSummary } from '@patchbay/contracts';
import type { ProgramList } from './listed.programs.js';
import { packageForm } from './package.form.js';
import { remoteForm } from './remote.form.js';
import type { ServerRecord } from './server-record.js';

/** An entry as a list shows it. */
export function summaryOf(
  registry: string,
  record: ServerRecord,
  programs: ProgramList,
): RegistryServerSummary {
  const { server, _meta } = record;
  const { remotes, packages } = server;
  return {
    registry,
    name: server.name,
    title: server.title || (server.name.split('/')[1] ?? server.name),
    description: server.description,
    version: server.version,
    status: _meta.status,
    statusMessage: _meta.statusMessage || null,
    websiteUrl: server.websiteUrl,
    repositoryUrl: server.repository.url,
    updatedAt: _meta.updatedAt ?? _meta.publishedAt,
    ways: [
      ...new Set([
        ...remotes.map((one) => ('unreadable' in one ? one.kind : one.type)),
        ...packages.map((one) => ('unreadable' in one ? one.kind : one.registryType)),
      ]),
    ].filter(Boolean),
    refusal: refusalOf(record, programs),
  };
}

/** By the entry alone: why no address of it can be used, and no package be run. */
export function refusalOf({ server }: ServerRecord, programs: ProgramList): string | null {
  const forms = [
    ...server.remotes.map(remoteForm),
    ...server.packages.map((record) => packageForm(record, programs)),
  ];
  if (forms.some(({ refusal }) => refusal === null)) return null;
  const [first] = forms;
  return first?.refusal ?? 'it has neither an address nor a package';
}

/** The last name of a server, without the words that every one has. */
export function suggestedSlug(server: string): string {
  const [namespace = '', name = ''] = server.toLowerCase().split('/');
  const clean = (text: string) =>
    text
      .replaceAll(/[^a-z0-9]+/g, '_')
      .replaceAll(/(^|_)(mcp|server)(?=_|$)/g, '')
      .replaceAll(/^[_\d]+|_+$/g, '');
  const slug = clean(name) || clean(namespace.split('.').at(-1) ?? '') || 'mcp_server';
  return slug.slice(0, 50);
}
