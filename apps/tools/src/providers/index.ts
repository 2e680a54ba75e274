export type { CallCredential } from './call-credential.js';
export { MAX_FAILURE_CHARACTERS } from './failures.js';
export { baseUrlFor, requireOwnAddress } from './provider-address.js';
export { isFile, mimetypeOf, nameOf, readBody } from './provider-answer.js';
export { ProviderClient, type ProviderAccess } from './provider.client.js';
export { buildRequest } from './request-template.js';
