export { objectOf, textOf } from './answer.fields.js';
export { asAppError, orAppError } from './app-errors.js';
export { Credential, expiryOf, fingerprintOf, OAuthClientApp, refreshTimeOf } from './credential.js';
export { addressesOf, covers, movedFrom, originOf, originsOf } from './destinations.js';
export { fillAddress, placeCredential } from './placement.js';
export {
  explainProviderError,
  ProviderRefusal,
  ProviderTrouble,
  type TroubleKind,
} from './provider-errors.js';
export { readAnswer, explainMissing } from './provider.answer.js';
export { refusalIn } from './refusal.reader.js';
export { isAboutClient, isTransient } from './refusal.codes.js';
export { Schemes } from './schemes.js';
export { SchemesModule } from './schemes.module.js';
export { expiryIn, scopeOf } from './token.answer.js';
export { TokenEndpoint, type TokenFetch } from './token.endpoint.js';
export { isSendable, MAX_TOKEN_CHARACTERS, sendable, TOKEN_LIMITS } from './token.limits.js';
export { isAppsAlone, partFor, partOf, partsOf, type TokenPart, withPart } from './token.parts.js';
export { tokenServerOf } from './token.server.js';
