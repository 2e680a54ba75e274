import { listSetting } from '../config.js';
import type { Logger } from '../logger.js';

/**
 * For what a request is made: it decides which of the private hosts that the operator listed it may reach.
 * - `unauthenticated`: for a caller that has not authenticated yet. Public addresses, whatever is listed.
 * - `toolkit`: to an address that the toolkit itself, its overrides or its account name: hosts listed for this
 *   toolkit, and those listed without the name of a toolkit.
 * - `given_address`: to an address that a caller or a provider's answer names. Hosts listed for this toolkit by
 *   name, as everyone who can run the tool could otherwise read the operator's network with it.
 * - `operator`: to an address out of the settings, which the client was made for.
 */
export type OutboundPurpose =
  | { for: 'unauthenticated' }
  | { for: 'operator' }
  | { for: 'toolkit' | 'given_address'; toolkit: string };

export const UNAUTHENTICATED: OutboundPurpose = { for: 'unauthenticated' };
export const OPERATOR: OutboundPurpose = { for: 'operator' };

/** A host that may be called although it is private. */
export interface PrivateHost {
  /** `host` or `host:port`, in lower case. */
  host: string;
  /** The toolkits that it is for; null when the entry names none. */
  toolkits: ReadonlySet<string> | null;
}

const ENTRY = /^(\[[\da-f:.]+\]|[\w.-]+)(:\d{1,5})?(=[a-z0-9_-]+(\|[a-z0-9_-]+)*)?$/i;

/** PATCHBAY_ALLOWED_PRIVATE_HOSTS: what outbound calls may reach although it is private, and for which toolkits. */
export const privateHostsSetting = listSetting.refine(
  (entries) => entries.every((entry) => ENTRY.test(entry)),
  { message: 'must be host[:port] or host[:port]=toolkit|toolkit, separated by commas' },
);

/** @param entry as PATCHBAY_ALLOWED_PRIVATE_HOSTS has it */
export function readPrivateHost(entry: string): PrivateHost {
  const [host = '', toolkits] = entry.toLowerCase().split('=');
  return { host, toolkits: toolkits ? new Set(toolkits.split('|')) : null };
}

/** Entries that are open to every toolkit, which an operator had better narrow. */
export function unnamedHosts(entries: readonly string[]): string[] {
  return entries.map(readPrivateHost).flatMap(({ host, toolkits }) => (toolkits ? [] : [host]));
}

/** Tells the operator, at the start of a service that uses them. */
export function warnOfUnnamedHosts(entries: readonly string[], logger: Logger): void {
  const hosts = unnamedHosts(entries);
  if (hosts.length === 0) return;
  logger.warn(
    { setting: 'PATCHBAY_ALLOWED_PRIVATE_HOSTS', hosts },
    'every toolkit of every project may call these private hosts: name the toolkits, as in host:port=jira|crm',
  );
}

/** What a purpose becomes where the host itself says where to go on: by a redirect, or in its metadata. */
export function asGiven(purpose: OutboundPurpose): OutboundPurpose {
  return purpose.for === 'toolkit' ? { ...purpose, for: 'given_address' } : purpose;
}

export function isFor({ toolkits }: PrivateHost, purpose: OutboundPurpose): boolean {
  if (purpose.for === 'unauthenticated') return false;
  if (purpose.for === 'operator') return toolkits === null;
  if (toolkits) return toolkits.has(purpose.toolkit.toLowerCase());
  return purpose.for === 'toolkit';
}
