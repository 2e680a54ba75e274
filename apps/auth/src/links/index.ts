export { LinksModule } from './links.module.js';
export { SignIn } from './sign-in.entity.js';
export { UnverifiedSignIn } from './unverified-sign-in.entity.js';
