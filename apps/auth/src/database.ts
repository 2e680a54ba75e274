import type { ServiceDatabase } from '@patchbay/database';
import { AuthConfig, Connection, ConnectLink } from './accounts/index.js';
import { CliSession } from './cli-sessions/index.js';
import { Refresh } from './credentials/index.js';
import { IncidentRevocation, IncidentRow } from './incidents/index.js';
import { TransferKey } from './keyring/index.js';
import { SignIn, UnverifiedSignIn } from './links/index.js';
import { AccessCode, Grant, GrantToken } from './mcp-access/index.js';
import {
  ConsoleSession,
  Organisation,
  Person,
  PersonPassword,
  ProjectMember,
  UserKey,
} from './people/index.js';
import { ApiKey, Project, RevokedKey } from './projects/index.js';
import { SignInLink, SignInTries } from './console-sign-in/index.js';
import { OidcSignIn, PersonIdentity } from './oidc-sign-in/index.js';
import { ProjectToolkit } from './toolkits/index.js';
import { migrations, schema } from './migrations/index.js';

export const database: ServiceDatabase = {
  schema,
  entities: [
    Project,
    ApiKey,
    RevokedKey,
    Organisation,
    Person,
    ProjectMember,
    UserKey,
    CliSession,
    ConsoleSession,
    PersonPassword,
    SignInLink,
    SignInTries,
    OidcSignIn,
    PersonIdentity,
    AuthConfig,
    Connection,
    Refresh,
    ConnectLink,
    SignIn,
    UnverifiedSignIn,
    TransferKey,
    ProjectToolkit,
    IncidentRow,
    IncidentRevocation,
    AccessCode,
    Grant,
    GrantToken,
  ],
  migrations,
};
