import type { ServiceDatabase } from '@patchbay/database';
import { AuthConfig } from './auth-configs/auth-config.entity.js';
import { Connection } from './connections/connection.entity.js';
import { Renewal } from './credentials/renewal.entity.js';
import { ConnectLink } from './links/connect-link.entity.js';
import { CreateAccounts1764000000000 } from './migrations/1764000000000-create-accounts.js';
import { AddKeyAreas1764200000000 } from './migrations/1764200000000-add-key-areas.js';
import { CreateProjectToolkits1764300000000 } from './migrations/1764300000000-create-project-toolkits.js';
import { CreateMcpAccess1764400000000 } from './migrations/1764400000000-create-mcp-access.js';
import { AddAccountLimit1764620000000 } from './migrations/1764620000000-add-account-limit.js';
import { RememberRevokedKeys1765031000000 } from './migrations/1765031000000-remember-revoked-keys.js';
import { BindSecretsToOrigins1765071000000 } from './migrations/1765071000000-bind-secrets-to-origins.js';
import { AddLinkOwners1765080000000 } from './migrations/1765080000000-add-link-owners.js';
import { AccessCode } from './mcp-access/access-code.entity.js';
import { GrantToken } from './mcp-access/grant-token.entity.js';
import { Grant } from './mcp-access/grant.entity.js';
import { SignIn } from './oauth/sign-in.entity.js';
import { ProjectToolkit } from './project-toolkits/project-toolkit.entity.js';
import { ApiKey } from './projects/api-key.entity.js';
import { Project } from './projects/project.entity.js';
import { RevokedKey } from './projects/revoked-key.entity.js';

export const database: ServiceDatabase = {
  schema: 'auth',
  entities: [
    Project,
    ApiKey,
    RevokedKey,
    AuthConfig,
    Connection,
    Renewal,
    ConnectLink,
    SignIn,
    ProjectToolkit,
    AccessCode,
    Grant,
    GrantToken,
  ],
  migrations: [
    CreateAccounts1764000000000,
    AddKeyAreas1764200000000,
    CreateProjectToolkits1764300000000,
    CreateMcpAccess1764400000000,
    AddAccountLimit1764620000000,
    RememberRevokedKeys1765031000000,
    BindSecretsToOrigins1765071000000,
    AddLinkOwners1765080000000,
  ],
};
