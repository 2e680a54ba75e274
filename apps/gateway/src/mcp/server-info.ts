import {
  SUPPORTED_PROTOCOL_VERSIONS,
  type Implementation,
  type ServerCapabilities,
} from '@modelcontextprotocol/server';

/** The version without a handshake. */
export const MODERN_VERSION = '2026-07-28';
/** Those with one, newest first. */
export const HANDSHAKE_VERSIONS = SUPPORTED_PROTOCOL_VERSIONS.filter((version) => version < MODERN_VERSION);

export const SERVER_INFO: Implementation = { name: 'patchbay', title: 'Patchbay', version: '0.1.0' };

export const CAPABILITIES: ServerCapabilities = { tools: { listChanged: true } };
