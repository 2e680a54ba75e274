export { SignInLink } from './sign-in-link.entity.js';
export { ConsoleSignInModule } from './console-sign-in.module.js';
export { SignInTries } from './sign-in-tries.entity.js';
