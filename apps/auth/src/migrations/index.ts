import { SCHEMA } from '../schema.js';
import { CreateAccounts1764000000000 } from './1764000000000-create-accounts.js';
import { AddKeyAreas1764200000000 } from './1764200000000-add-key-areas.js';
import { CreateProjectToolkits1764300000000 } from './1764300000000-create-project-toolkits.js';
import { CreateMcpAccess1764400000000 } from './1764400000000-create-mcp-access.js';
import { AddAccountLimit1764620000000 } from './1764620000000-add-account-limit.js';
import { RememberRevokedKeys1765031000000 } from './1765031000000-remember-revoked-keys.js';
import { BindSecretsToOrigins1765071000000 } from './1765071000000-bind-secrets-to-origins.js';
import { AddLinkOwners1765080000000 } from './1765080000000-add-link-owners.js';
import { RenameRenewals1765140000000 } from './1765140000000-rename-renewals.js';
import { AddUnverifiedSignIns1766000000000 } from './1766000000000-add-unverified-sign-ins.js';
import { AddTransferKeys1766020000000 } from './1766020000000-add-transfer-keys.js';
import { CreatePeople1766030000000 } from './1766030000000-create-people.js';
import { CreateCliSessions1766040000000 } from './1766040000000-create-cli-sessions.js';
import { CreateConsoleSessions1766060000000 } from './1766060000000-create-console-sessions.js';
import { AddLastUse1766110000000 } from './1766110000000-add-last-use.js';
import { CreateOidcSignIns1766120000000 } from './1766120000000-create-oidc-sign-ins.js';
import { CreateIncidents1766200000000 } from './1766200000000-create-incidents.js';

/** The service's schema, and how it came to be: all that the migrations job loads of a service. */
export const schema = SCHEMA;

export const migrations = [
  CreateAccounts1764000000000,
  AddKeyAreas1764200000000,
  CreateProjectToolkits1764300000000,
  CreateMcpAccess1764400000000,
  AddAccountLimit1764620000000,
  RememberRevokedKeys1765031000000,
  BindSecretsToOrigins1765071000000,
  AddLinkOwners1765080000000,
  RenameRenewals1765140000000,
  AddUnverifiedSignIns1766000000000,
  AddTransferKeys1766020000000,
  CreatePeople1766030000000,
  CreateCliSessions1766040000000,
  CreateConsoleSessions1766060000000,
  AddLastUse1766110000000,
  CreateOidcSignIns1766120000000,
  CreateIncidents1766200000000,
];
