import { randomBytes } from 'node:crypto';
import { expect, it } from 'vitest';
import { parseKeyRing, SealingVault } from '@patchbay/vault';
import { Vault } from './vault.service.js';

it('opens what was sealed under the former name of a column', () => {
  const ring = parseKeyRing(randomBytes(32).toString('base64'));
  const owner = { projectId: 'proj_a', id: 'ca_1' };
  const before = new SealingVault(ring).seal('renewals.sealed_response', owner, 'secret');
  const vault = new Vault({ PATCHBAY_ENCRYPTION_KEYS: ring });
  expect(vault.open('refreshes.sealed_response', owner, before)).toBe('secret');
  expect(() => vault.open('connected_accounts.sealed_credential', owner, before)).toThrow(/authenticate/);
});
