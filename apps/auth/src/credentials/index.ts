export { ConnectorService } from './connector.service.js';
export { CredentialsModule } from './credentials.module.js';
export { readImportedTokens } from './imported-tokens.js';
export { Refresh } from './refresh.entity.js';
export { RevocationService } from './revocation.service.js';
