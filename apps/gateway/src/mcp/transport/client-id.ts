import { randomBytes } from 'node:crypto';
import type { ClientCapabilities } from '@modelcontextprotocol/server';

/**
 * The `Mcp-Session-Id` of a legacy client. The state of its handshake is in the id itself, so that any replica can
 * answer the client's next request. It authorises nothing: every request has its own credential.
 */
export interface ClientId {
  text: string;
  /** Whether the client supports elicitation by forms. */
  supportsElicitation: boolean;
}

const FORM = /^[A-Za-z0-9_-]{16}\.[an]$/;

export function newClientId(capabilities: ClientCapabilities): ClientId {
  const supportsElicitation = supportsForms(capabilities);
  return {
    text: `${randomBytes(12).toString('base64url')}.${supportsElicitation ? 'a' : 'n'}`,
    supportsElicitation,
  };
}

/** The capabilities that concern elicitation. */
interface ElicitationCapabilities {
  elicitation?: { form?: unknown; url?: unknown } | undefined;
}

/** A client that names no mode supports forms (2025-11-25, elicitation capabilities). */
export function supportsForms({ elicitation }: ElicitationCapabilities): boolean {
  if (elicitation === undefined) return false;
  return elicitation.form !== undefined || elicitation.url === undefined;
}

/** @returns undefined for an id that this server did not issue */
export function readClientId(text: string): ClientId | undefined {
  return FORM.test(text) ? { text, supportsElicitation: text.endsWith('a') } : undefined;
}
