export { accountQuery, CallCredentials, type CredentialRequest } from './call-credentials.js';
export { CredentialsModule } from './credentials.module.js';
