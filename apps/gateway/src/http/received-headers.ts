import type { FastifyRequest } from 'fastify';

/** Told nobody: they are no part of what a provider says. */
const OURS = new Set(['cookie', 'authorization', 'proxy-authorization']);

/** The headers as they came, before anything here changed one: names in lower case, several of a name joined by a comma. */
export function receivedHeaders({ raw }: FastifyRequest): Record<string, string> {
  const headers: Record<string, string> = Object.create(null) as Record<string, string>;
  const { rawHeaders } = raw;
  for (let at = 0; at < rawHeaders.length; at += 2) {
    const name = (rawHeaders[at] ?? '').toLowerCase();
    if (OURS.has(name)) continue;
    const value = rawHeaders[at + 1] ?? '';
    headers[name] = headers[name] === undefined ? value : `${headers[name]}, ${value}`;
  }
  return headers;
}
