export { OidcSignIn } from './oidc-sign-in.entity.js';
export { OidcSignInModule } from './oidc-sign-in.module.js';
export { PersonIdentity } from './person-identity.entity.js';
