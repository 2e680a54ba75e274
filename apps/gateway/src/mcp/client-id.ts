import { randomBytes } from 'node:crypto';
import type { ClientCapabilities } from '@modelcontextprotocol/server';

/**
 * The `Mcp-Session-Id` of a client with a handshake. What has to be remembered of the handshake is in the id
 * itself, so that any replica can answer the client's next request. It is no permission: every request brings
 * its own.
 */
export interface ClientId {
  text: string;
  /** Whether its user can be asked something in the middle of a call. */
  canBeAsked: boolean;
}

const FORM = /^[A-Za-z0-9_-]{16}\.[an]$/;

export function newClientId(capabilities: ClientCapabilities): ClientId {
  const canBeAsked = takesForms(capabilities);
  return { text: `${randomBytes(12).toString('base64url')}.${canBeAsked ? 'a' : 'n'}`, canBeAsked };
}

/** What of a client's capabilities says whether its user can be asked. */
interface Asking {
  elicitation?: { form?: unknown; url?: unknown } | undefined;
}

/** One that names no kind of question takes forms (2025-11-25, elicitation capabilities). */
export function takesForms({ elicitation }: Asking): boolean {
  if (elicitation === undefined) return false;
  return elicitation.form !== undefined || elicitation.url === undefined;
}

/** @returns undefined for an id that is none of ours */
export function readClientId(text: string): ClientId | undefined {
  return FORM.test(text) ? { text, canBeAsked: text.endsWith('a') } : undefined;
}
