export { CALLBACK_PATH, issuerCallbackPath, issuerKeyOf, mayBeAnsweredAt } from './callback-address.js';
export { ClientDocuments } from './client-documents.js';
export { OAuthModule } from './oauth.module.js';
export { OAuth1Flow } from './oauth1.flow.js';
export { OAuth2Flow } from './oauth2.flow.js';
export { type SignInFlow, SignInSecrets } from './sign-in-flow.js';
