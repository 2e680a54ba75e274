export { CallbackPage } from './callback.page.js';
export { Mark } from './frame.js';
export { LinkSignIn } from './link-sign-in.js';
export { dropToken, pendingToken } from './link-token.js';
export { SignIn } from './sign-in.js';
export { SignInPage } from './sign-in.page.js';
