export { ConnectorService } from './connector.service.js';
export { CredentialsModule } from './credentials.module.js';
export { readImportedTokens } from './imported-tokens.js';
export { Renewal } from './renewal.entity.js';
export { RevocationService } from './revocation.service.js';
