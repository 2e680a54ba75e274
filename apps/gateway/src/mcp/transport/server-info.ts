import {
  SUPPORTED_PROTOCOL_VERSIONS,
  type Implementation,
  type ServerCapabilities,
} from '@modelcontextprotocol/server';

/** The stateless version, without a handshake. */
export const STATELESS_VERSION = '2026-07-28';
/** The versions with sessions by handshake, newest first. */
export const LEGACY_VERSIONS = SUPPORTED_PROTOCOL_VERSIONS.filter((version) => version < STATELESS_VERSION);

export const SERVER_INFO: Implementation = { name: 'patchbay', title: 'Patchbay', version: '0.1.0' };

export const CAPABILITIES: ServerCapabilities = { tools: { listChanged: true } };
