import { describe, expect, it } from 'vitest';
import { newId } from '@patchbay/contracts';
import type { InstalledToolkit } from '@patchbay/toolkits';
import { scopesOf } from './recommended-scopes.js';

const oauth = { scheme: 'OAUTH2', scopes: ['all'], authorizationUrl: '', tokenUrl: '' } as const;
const toolkit = {
  name: 'Acme',
  version: '20260101_00',
  auth: [{ scheme: 'BEARER_TOKEN' }, { ...oauth, scopes: [...oauth.scopes] }],
} as unknown as InstalledToolkit;
const TOOLS = [
  { slug: 'ACME_READ', scopes: ['read'] },
  { slug: 'ACME_WRITE', scopes: ['read', 'write'] },
  { slug: 'ACME_PING', scopes: [] },
];
const given = { projectId: newId('project'), toolkit: 'acme', tools: [], include: [], exclude: [] };

describe('the scopes that tools need', () => {
  it('are what they name, once each, with those that are wanted besides', () => {
    expect(scopesOf(toolkit, TOOLS, { ...given, include: ['offline_access', 'read'] })).toEqual({
      scheme: 'OAUTH2',
      version: '20260101_00',
      scopes: ['read', 'write', 'offline_access'],
      undeclared: ['ACME_PING'],
    });
  });

  it('are refused, with each tool that is in the way, when they may not be asked for', () => {
    expect(() =>
      scopesOf(toolkit, TOOLS, {
        ...given,
        include: ['mail'],
        exclude: ['write'],
        available: ['read', 'write'],
      }),
    ).toThrow(
      expect.objectContaining({
        code: 'invalid_request',
        issues: ['exclude: ACME_WRITE needs write', 'available_scopes: include has mail'],
      }),
    );
  });

  it('are those of a scheme that has some', () => {
    const scheme = 'BEARER_TOKEN' as const;
    expect(() => scopesOf(toolkit, TOOLS, { ...given, scheme })).toThrow(/no scopes with BEARER_TOKEN/);
    const registers = {
      ...toolkit,
      auth: [{ ...oauth, scheme: 'DCR_OAUTH' }],
    } as unknown as InstalledToolkit;
    expect(scopesOf(registers, TOOLS, given).scheme).toBe('DCR_OAUTH');
    expect(() => scopesOf({ ...toolkit, auth: undefined }, TOOLS, given)).toThrow('Acme has no scopes.');
  });
});
